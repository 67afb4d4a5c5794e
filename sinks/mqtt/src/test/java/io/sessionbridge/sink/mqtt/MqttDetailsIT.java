package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.sink.mqtt.TestingSubscriber.Message;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retained topics of activity and sessions at a real broker. */
@Timeout(60)
final class MqttDetailsIT {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String BOTH = ", topics: [activity, session]";

  @TempDir private Path folder;
  private TestingMosquitto broker;

  @BeforeEach
  void start() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules"),
            """
            topic read #
            topic readwrite mark/#
            topic write sessionbridge/WS-TEST/availability
            topic write sessionbridge/WS-TEST/state
            topic write sessionbridge/WS-TEST/event/+
            topic write sessionbridge/WS-TEST/activity
            topic write sessionbridge/WS-TEST/session/+
            """);
    broker = new TestingMosquitto(folder.resolve("broker")).open().with("acl_file " + rules);
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private TestingRig rig(String version, String more) {
    return new TestingRig(
        "{server: \"tcp://127.0.0.1:" + broker.port() + "\", version: " + version + more + "}",
        folder.resolve("sink"));
  }

  private static HostState now(State activity, int... sessions) {
    return new HostState(
        NOON,
        Health.up(),
        IntStream.of(sessions).mapToObj(MqttDetailsIT::session).toList(),
        HostCondition.UNKNOWN,
        Optional.of(new HostActivity(activity, NOON, HostActivity.PRESENCE)));
  }

  private static SessionState session(int id) {
    return new SessionState(
        id,
        Optional.of("kim"),
        Optional.of("CONTOSO"),
        Optional.of(false),
        Optional.of(true),
        Kind.LOGON,
        NOON,
        Optional.of("e-" + id),
        Optional.of(LifeState.ACTIVE),
        Optional.of(NOON));
  }

  /** The retained messages for a new subscriber, without the host's part of the names. */
  private List<String> retained() throws Exception {
    try (TestingSubscriber late = new TestingSubscriber(broker.port())) {
      late.catchUp();
      return late.messages().stream()
          .filter(Message::retained)
          .map(message -> message.topic().replace("sessionbridge/WS-TEST/", ""))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void aSessionIsThereUntilItsEnd(String version) throws Exception {
    try (TestingSubscriber subscriber = new TestingSubscriber(broker.port());
        TestingRig rig = rig(version, BOTH)) {
      rig.sink.connect();
      rig.sink.show(now(State.ACTIVE, 1, 2));
      assertThat(retained())
          .containsExactly("activity", "availability", "session/1", "session/2", "state");
      rig.sink.show(now(State.IDLE, 1));
      assertThat(retained()).containsExactly("activity", "availability", "session/1", "state");
      subscriber.catchUp();
      assertThat(subscriber.on(rig.topic("session/2")))
          .extracting(Message::text)
          .hasSize(2)
          .last()
          .isEqualTo("");
      assertThat(subscriber.on(rig.topic("activity")))
          .extracting(message -> message.text().replaceAll(".*\"activity\":\"(\\w+)\".*", "$1"))
          .containsExactly("active", "idle");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void aSessionThatEndedWhileTheAgentWasDeadIsCleared(String version) throws Exception {
    TestingRig dead = rig(version, BOTH);
    dead.sink.connect();
    dead.sink.show(now(State.ACTIVE, 1, 2, 3));
    try (TestingRig rig =
        rig(version, BOTH)) { // the same client id: the broker disconnects the previous client
      rig.sink.connect();
      rig.sink.show(now(State.IDLE, 2));
      assertThat(retained()).containsExactly("activity", "availability", "session/2", "state");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void aSessionThatEndedWhileTheBrokerWasAwayIsCleared(String version) throws Exception {
    broker.with("persistence_location " + folder.resolve("broker") + "/");
    try (TestingRig rig = rig(version, BOTH)) {
      rig.sink.connect();
      rig.sink.show(now(State.ACTIVE, 1, 2));
      broker.stop();
      rig.awaitLoss();
      assertThatThrownBy(() -> rig.sink.show(now(State.ACTIVE, 1)))
          .isInstanceOf(DeliveryException.class);
      broker.start();
      rig.connectAtLast();
      rig.sink.show(now(State.ACTIVE, 1));
      assertThat(retained()).containsExactly("activity", "availability", "session/1", "state");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", presence: false"})
  void theKeyIsRemoved(String without) throws Exception {
    try (TestingRig rig = rig("5", BOTH)) {
      rig.sink.connect();
      rig.sink.show(now(State.ACTIVE, 1, 2));
    }
    try (TestingRig rig = rig("5", without)) {
      rig.sink.connect();
      rig.sink.show(now(State.ACTIVE, 1, 2));
      assertThat(retained()).containsExactly("availability", "state");
    }
  }

  /** With rules for only three topics, the broker's answer leads to a message with the fix. */
  @ParameterizedTest
  @ValueSource(strings = {"activity", "session"})
  void aTopicThatIsNotAllowedIsNamed(String word) throws Exception {
    String topics = ", topics: [" + word + "], topic_prefix: elsewhere";
    String names =
        ", state_topic: sessionbridge/<host>/state,"
            + " availability_topic: sessionbridge/<host>/availability";
    try (TestingRig rig = rig("5", topics + names)) {
      rig.sink.connect();
      assertThatThrownBy(() -> rig.sink.show(now(State.ACTIVE, 1)))
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining("refuses to publish to elsewhere/WS-TEST/" + word)
          .hasMessageEndingWith("allow an unnamed user to write there, or change topics");
    }
  }
}
