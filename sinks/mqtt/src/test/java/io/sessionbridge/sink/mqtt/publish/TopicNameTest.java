package io.sessionbridge.sink.mqtt.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.topic.TopicName;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import org.junit.jupiter.api.Test;

final class TopicNameTest {

  @Test
  void whatHasAMeaningInTopicsIsReplaced() {
    assertThat(TopicName.level("HOST7")).isEqualTo("HOST7");
    assertThat(TopicName.level("a+b#c/d\0e\n")).isEqualTo("a_b_c_d_e_");
    assertThat(TopicName.level("$SYS")).isEqualTo("_SYS");
    assertThat(TopicName.level("cost$")).isEqualTo("cost$");
    assertThat(TopicName.level("")).isEqualTo("_");
    assertThat(TopicName.level("Bürö 漢")).isEqualTo("Bürö 漢");
    assertThat(TopicName.level("smile 😀")).isEqualTo("smile _");
    assertThat(TopicName.level("half\uD83D")).isEqualTo("half_");
    assertThat(TopicName.level("none\uFFFF\uFDD0")).isEqualTo("none__");
  }

  @Test
  void longNamesEndAtAWholeCharacter() {
    assertThat(TopicName.level("x".repeat(300))).hasSize(255);
    String cut = TopicName.level("漢".repeat(84) + "äää");
    assertThat(cut).isEqualTo("漢".repeat(84) + "ä");
    assertThat(cut.getBytes(UTF_8)).hasSize(254);
  }

  private static String topic(String more, TestingEvents events, String hostName) {
    MqttSinkConfig config =
        TestingConfig.read(MqttSinkConfig.SPEC, "{server: tcp://b" + more + "}");
    return new Publications(config, new TestingHost("own", "OWN"))
        .of(
            events.next(
                TestingEvents.data(Kind.LOGON)
                    .put(Field.HOST_ID, hostName.equals("OWN") ? "own" : "other")
                    .put(Field.HOST_NAME, hostName)
                    .build()))
        .topic();
  }

  @Test
  void eventsGoUnderTheHostThatTheyAreAbout() {
    TestingEvents events = new TestingEvents("cloudevents");
    assertThat(topic("", events, "OWN")).isEqualTo("sessionbridge/OWN/event/logon");
    assertThat(topic("", events, "ward/+7")).isEqualTo("sessionbridge/ward__7/event/logon");
    assertThat(
            topic(
                ", topic_prefix: plant/north, event_topic: \"<kind>/<prefix>/<host_id>\"",
                events,
                "X"))
        .isEqualTo("logon/plant/north/other");
  }
}
