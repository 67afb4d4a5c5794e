package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingRecords.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Records that the broker or the client refuses. */
final class KafkaSinkRefusalsIT extends KafkaSinkFixture {

  private static EncodedEvent large(long number, int bytes) {
    EventData data = TestingEvents.data(Kind.LOGON).put(Field.USER_NAME, "x".repeat(bytes)).build();
    return EVENTS.of(number, Instant.now(), data);
  }

  @Test
  void eventTooLargeForTheClientIsRejectedAlone(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    try (KafkaSink sink = sink(topic, "compression: none")) {
      sink.connect();
      DeliveryResult result =
          sink.deliver(List.of(EVENTS.of(1), large(2, 1_100_000), EVENTS.of(3)));
      assertThat(result.settled()).isEqualTo(3);
      assertThat(result.retry()).isEmpty();
      assertThat(result.rejected()).hasSize(1);
      assertThat(result.rejected().get(0).index()).isEqualTo(1);
      assertThat(result.rejected().get(0).reason())
          .matches(
              "record of 1100[01]\\d\\d bytes: The message is \\d+ bytes when serialized which is larger"
                  + " than 1048576, which is the value of the max.request.size configuration.");
      assertThat(sink.check()).isEqualTo(Health.up());
    }
    assertThat(ids(kafka.read(topic))).containsExactly(TestingEvents.id(1), TestingEvents.id(3));
    assertThat(context.metrics().count("kafka_acknowledged_total")).isEqualTo(2);
  }

  @Test
  void eventTooLargeForTheTopicIsRejectedAlone(TestInfo test) throws Exception {
    String topic = topic(test, Map.of("max.message.bytes", "2000"));
    try (KafkaSink sink = sink(topic, "compression: none")) {
      sink.connect();
      List<EncodedEvent> batch = new ArrayList<>(EVENTS.between(1, 50));
      batch.set(20, large(21, 5_000));
      assertThat(sink.deliver(batch))
          .isEqualTo(
              DeliveryResult.settled(
                  50,
                  List.of(
                      new DeliveryResult.Rejection(
                          20,
                          "record of "
                              + batch.get(20).body().length
                              + " bytes: The request included a message larger than the max message"
                              + " size the server will accept."))));
    }
    List<String> expected = new ArrayList<>(TestingEvents.ids(1, 50));
    expected.remove(20);
    assertThat(ids(kafka.read(topic))).containsExactlyElementsOf(expected);
  }

  @Test
  void missingTopicIsReportedUntilItExists(TestInfo test) throws Exception {
    String topic = test.getTestMethod().orElseThrow().getName();
    try (KafkaSink sink = sink(topic)) {
      String message =
          "topic missingTopicIsReportedUntilItExists does not exist on "
              + kafka.server()
              + ": create it or let the broker do so (auto.create.topics.enable)";
      assertThatThrownBy(sink::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(sink.check()).isEqualTo(Health.degraded(message));
      assertThat(sink.deliver(EVENTS.between(1, 1)))
          .isEqualTo(DeliveryResult.unavailable(0, List.of(), "not connected"));

      kafka.createTopic(topic, Map.of());
      sink.connect();
      assertThat(sink.deliver(EVENTS.between(1, 2))).isEqualTo(DeliveryResult.delivered(2));
    }
    assertThat(ids(kafka.read(topic))).containsExactly(TestingEvents.id(1), TestingEvents.id(2));
  }

  @Test
  void interruptEndsAConnect() {
    KafkaSink sink = sink("nowhere");
    Thread.currentThread().interrupt();
    assertThatThrownBy(sink::connect).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    sink.close();
  }

  @Test
  void interruptEndsADelivery(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    KafkaSink sink = sink(topic);
    sink.connect();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sink.deliver(EVENTS.between(1, 10)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    Thread.currentThread().interrupt();
    sink.close();
    assertThat(Thread.interrupted()).as("a close keeps the interrupt").isTrue();
  }
}
