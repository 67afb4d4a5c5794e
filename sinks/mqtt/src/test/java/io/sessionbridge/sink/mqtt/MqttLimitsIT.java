package io.sessionbridge.sink.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.Kind;
import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.SessionState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers with lower limits, which they report with version 5. */
final class MqttLimitsIT {

  @TempDir private static Path folder;
  private static TestingMosquitto broker;
  private static int onlyQos0;

  @BeforeAll
  static void start() throws Exception {
    broker =
        new TestingMosquitto(folder)
            .open()
            .with("retain_available false")
            .with("max_packet_size 2000");
    onlyQos0 = broker.listener();
    broker.with("max_qos 0");
    broker.start();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static String server(int port) {
    return "tcp://127.0.0.1:" + port;
  }

  private static TestingRig rig(int port, String more) {
    return new TestingRig("{server: \"" + server(port) + "\", version: 5" + more + "}");
  }

  private static void assertRefused(TestingRig rig, String message) {
    try (rig) {
      assertThatThrownBy(rig::connect).isInstanceOf(DeliveryException.class).hasMessage(message);
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(message));
    }
  }

  private static void assertDelivers(TestingRig rig) throws Exception {
    try (rig) {
      rig.connect();
      assertThat(rig.sink.deliver(rig.events.next(100)).settled()).isEqualTo(100);
    }
  }

  @Test
  void brokerThatRetainsNothing() throws Exception {
    assertRefused(
        rig(broker.port(), ""),
        server(broker.port())
            + " refuses the connection: it does not support retained messages, set presence:"
            + " false");
    assertDelivers(rig(broker.port(), ", presence: false"));
  }

  @Test
  void brokerThatAcknowledgesNothing() throws Exception {
    assertRefused(
        rig(onlyQos0, ", presence: false"),
        server(onlyQos0) + " does not support QoS 1: set qos: 0");
    assertDelivers(rig(onlyQos0, ", presence: false, qos: 0"));
  }

  @Test
  void stateIsReducedToWhatTheBrokerAccepts() throws Exception {
    try (TestingMosquitto small =
        new TestingMosquitto(folder.resolve("small")).open().with("max_packet_size 1000")) {
      small.start();
      try (TestingSubscriber subscriber = new TestingSubscriber(small.port());
          TestingRig rig = rig(small.port(), "")) {
        rig.sink.connect();
        rig.sink.show(rig.now(IntStream.range(0, 100).mapToObj(MqttLimitsIT::session).toList()));
        subscriber.await(rig.topic("availability"), "online");
        assertThat(subscriber.on(rig.topic("state")).get(0).text())
            .matches("\\{\"time\".*\"sessions_left_out\":\\d\\d}");
        assertThat(rig.sink.check()).isEqualTo(Health.up());
      }
    }
  }

  private static SessionState session(int id) {
    return new SessionState(
        id,
        Optional.of("kim"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Kind.LOGON,
        Instant.EPOCH);
  }

  /** Mosquitto never requires less than ten seconds. */
  @Test
  void brokerThatRequiresAShorterKeepAlive() throws Exception {
    String serverKeepAliveOf1 = "20 06 00 00 03 13 00 01".replace(" ", "");
    try (TestingScriptedBroker impatient = new TestingScriptedBroker(serverKeepAliveOf1, "d000");
        TestingRig rig = rig(impatient.port(), ", presence: false, keep_alive: 30s")) {
      rig.sink.connect();
      assertThat(impatient.nextPacket()).isEqualTo(0x10);
      assertThat(impatient.nextPacket()).isEqualTo(TestingScriptedBroker.PINGREQ);
    }
  }

  @Test
  void brokerThatReportsWhyItEndsTheConnection() throws Exception {
    String connack = "2003000000";
    String disconnectTakenOver = "e0018e";
    try (TestingScriptedBroker broker = new TestingScriptedBroker(connack, disconnectTakenOver);
        TestingRig rig = rig(broker.port(), ", presence: false")) {
      rig.sink.connect();
      String message =
          server(broker.port())
              + " ended the connection: another connection has the same client_id";
      assertThat(rig.failure(rig.events.next(1))).isEqualTo(message);
      assertThat(rig.sink.check()).isEqualTo(Health.degraded(message));
    }
  }
}
