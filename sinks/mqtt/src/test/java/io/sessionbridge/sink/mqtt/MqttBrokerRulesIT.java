package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.RequiredTool;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingSecrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users, rules for topics, and limits of size. */
final class MqttBrokerRulesIT {

  private static final String RULES =
      """
      user agent
      topic write sessionbridge/#
      user guest
      topic write sessionbridge/+/state
      topic write sessionbridge/+/availability
      topic write sessionbridge/+/event/lock
      user mute
      topic write sessionbridge/+/event/#
      user watch
      topic readwrite #
      """;

  @TempDir private static Path folder;
  private static TestingMosquitto broker;
  private static String server;

  @BeforeAll
  static void start() throws Exception {
    Path passwords = folder.resolve("passwords");
    for (String user : List.of("agent", "guest", "mute", "watch")) {
      setPassword(passwords, user);
    }
    Path rules = Files.writeString(folder.resolve("rules"), RULES);
    broker =
        new TestingMosquitto(folder.resolve("broker"))
            .with("allow_anonymous false")
            .with("password_file " + passwords)
            .with("acl_file " + rules)
            .with("max_packet_size 20000");
    broker.start();
    server = "tcp://127.0.0.1:" + broker.port();
  }

  private static void setPassword(Path file, String user) throws Exception {
    String program = RequiredTool.find("mosquitto_passwd").toString();
    List<String> command = new ArrayList<>(List.of(program, "-b"));
    if (!Files.exists(file)) {
      command.add(1, "-c");
    }
    command.addAll(List.of(file.toString(), user, "s3cret-" + user));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static TestingRig rig(String version, String user, String password) throws Exception {
    Path file = TestingSecrets.write(folder.resolve(user + ".pw"), password + "\n");
    return new TestingRig(
        "{server: \""
            + server
            + "\", version: "
            + version
            + ", username: "
            + user
            + ", password_file: "
            + file
            + "}");
  }

  private static TestingRig rig(String version, String user) throws Exception {
    return rig(version, user, "s3cret-" + user);
  }

  private static TestingSubscriber subscriber() throws Exception {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setUserName("watch");
    options.setPassword("s3cret-watch".toCharArray());
    return new TestingSubscriber(broker.port(), options);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void wrongPasswordIsReportedAndACorrectedOneNeedsNoRestart(String version) throws Exception {
    try (TestingRig rig = rig(version, "agent", "wrong")) {
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              server
                  + " refuses the connection: user agent is not allowed, check username,"
                  + " password_file and the broker's rules");
      TestingSecrets.write(folder.resolve("agent.pw"), "s3cret-agent");
      rig.connect();
      assertThat(rig.sink.deliver(rig.events.next(2)).settled()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.1.1", "5"})
  void missingUserIsReported(String version) {
    try (TestingRig rig =
        new TestingRig("{server: \"" + server + "\", version: " + version + "}")) {
      assertThatThrownBy(rig::connect)
          .isInstanceOf(DeliveryException.class)
          .hasMessage(
              server
                  + " refuses the connection: an unnamed user is not allowed, check username,"
                  + " password_file and the broker's rules");
    }
  }

  @Test
  void refusedTopicIsReportedAndNothingPassesIt() throws Exception {
    try (TestingRig rig = rig("5", "guest").connect();
        TestingSubscriber subscriber = subscriber()) {
      List<EncodedEvent> batch = rig.events.next(6); // lock, unlock, lock, ...
      DeliveryResult result = rig.sink.deliver(batch);
      String message =
          server
              + " refuses to publish to "
              + rig.topic("event/unlock")
              + ": allow user guest to write there";
      assertThat(result.settled()).isEqualTo(1);
      assertThat(result.rejected()).isEmpty();
      assertThat(result.retry()).contains(new DeliveryResult.Failure(message, false, true));
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(message));

      subscriber.catchUp();
      subscriber.forget();
      for (int i = 0; i < 3; i++) {
        assertThat(rig.failure(batch.subList(1, 6))).isEqualTo(message);
      }
      subscriber.catchUp();
      assertThat(subscriber.ids()).as("what stands behind is not sent again").hasSizeLessThan(3);
    }
  }

  /** Mosquitto acknowledges what it drops, because MQTT 3.1.1 has no reason codes. */
  @Test
  void refusedTopicIsNotReportedWithoutReasonCodes() throws Exception {
    try (TestingRig rig = rig("3.1.1", "guest").connect();
        TestingSubscriber subscriber = subscriber()) {
      assertThat(rig.sink.deliver(rig.events.next(6)).settled()).isEqualTo(6);
      subscriber.catchUp();
      assertThat(subscriber.ids()).hasSize(3);
    }
  }

  @Test
  void refusedStateIsReported() throws Exception {
    try (TestingRig rig = rig("5", "mute")) {
      String message =
          server
              + " refuses to publish to "
              + rig.topic("state")
              + ": allow user mute to write there, or set presence: false";
      assertThatThrownBy(rig::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(message));
    }
  }

  @Test
  void brokersLimitOfSizeIsKept() throws Exception {
    try (TestingRig rig = rig("5", "agent").connect();
        TestingSubscriber subscriber = subscriber()) {
      List<EncodedEvent> good = rig.events.next(2);
      EncodedEvent large = large(rig.events);
      DeliveryResult result = rig.sink.deliver(List.of(good.get(0), large, good.get(1)));
      assertThat(result.settled()).isEqualTo(3);
      assertThat(result.rejected()).extracting(Rejection::index).containsExactly(1);
      assertThat(result.rejected().get(0).reason())
          .matches("packet of \\d+ bytes, at most 20000 are allowed");
      subscriber.catchUp();
      assertThat(subscriber.ids()).isEqualTo(TestingEvents.ids(good));
    }
  }

  @Test
  void eventThatEndsTheConnectionIsNamed() throws Exception {
    try (TestingRig rig = rig("3.1.1", "agent").connect()) {
      List<EncodedEvent> batch = List.of(large(rig.events), rig.events.next(1).get(0));
      assertThat(rig.sink.deliver(batch).settled()).isZero();
      rig.connectAtLast();
      assertThat(rig.failure(batch))
          .startsWith(server + " closed the connection")
          .endsWith(
              " after an event of "
                  + batch.get(0).body().length
                  + " bytes was sent to "
                  + rig.topic("event/lock")
                  + ": may user agent publish there, and is max_packet_bytes within the"
                  + " broker\'s limit?");
    }
  }

  private static EncodedEvent large(TestingEvents events) {
    return events.next(TestingEvents.data(Kind.LOCK).put(Field.REASON, "x".repeat(30_000)).build());
  }
}
