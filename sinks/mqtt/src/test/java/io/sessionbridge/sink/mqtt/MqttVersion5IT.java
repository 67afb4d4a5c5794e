package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features of MQTT 5. */
final class MqttVersion5IT {

  @TempDir private static Path folder;
  private static TestingMosquitto broker;
  private static String server;

  @BeforeAll
  static void start() throws Exception {
    broker = new TestingMosquitto(folder).open().with("max_inflight_messages 3");
    broker.start();
    server = "tcp://127.0.0.1:" + broker.port();
  }

  @AfterAll
  static void stop() {
    if (broker != null) {
      broker.close();
    }
  }

  private static TestingRig rig(String more, String format) {
    return new TestingRig("{server: \"" + server + "\", version: 5" + more + "}", format);
  }

  /** A subscriber that records properties. */
  private static final class Reader implements MqttCallback, AutoCloseable {
    private final BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
    private final MqttClient client;

    Reader() throws MqttException {
      client = new MqttClient(server, "reader", new MemoryPersistence());
      client.setCallback(this);
      client.connect();
      client.subscribe("sessionbridge/+/event/#", 1);
    }

    MqttMessage next() throws InterruptedException {
      MqttMessage message = messages.poll(20, TimeUnit.SECONDS);
      assertThat(message).as("a message").isNotNull();
      return message;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      messages.add(message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}

    @Override
    public void close() throws MqttException {
      client.disconnect();
      client.close();
    }
  }

  private static Map<String, String> attributes(MqttMessage message) {
    Map<String, String> attributes = new HashMap<>();
    for (UserProperty property : message.getProperties().getUserProperties()) {
      attributes.put(property.getKey(), property.getValue());
    }
    return attributes;
  }

  @Test
  void attributesAreUserProperties() throws Exception {
    try (Reader reader = new Reader();
        TestingRig rig = rig(", message_expiry: 1h", "cloudevents_binary").connect()) {
      EncodedEvent event = rig.events.next(1).get(0);
      assertThat(rig.sink.deliver(List.of(event)).settled()).isEqualTo(1);
      MqttMessage message = reader.next();
      assertThat(new String(message.getPayload(), UTF_8))
          .isEqualTo(new String(event.event().json(), UTF_8));
      assertThat(attributes(message))
          .containsEntry("specversion", "1.0")
          .containsEntry("id", event.event().id())
          .containsEntry("source", event.event().source())
          .containsEntry("type", "io.sessionbridge.session.lock.v1")
          .containsEntry("subject", "session/2")
          .hasSize(10);
      assertThat(message.getProperties().getContentType()).isEqualTo("application/json");
      assertThat(message.getProperties().getMessageExpiryInterval()).isBetween(3_000L, 3_600L);
    }
  }

  @Test
  void wholeEventsSayWhatTheyAre() throws Exception {
    try (Reader reader = new Reader();
        TestingRig rig = rig("", "cloudevents").connect()) {
      assertThat(rig.sink.deliver(rig.events.next(1)).settled()).isEqualTo(1);
      MqttMessage message = reader.next();
      assertThat(message.getProperties().getContentType())
          .isEqualTo("application/cloudevents+json; charset=UTF-8");
      assertThat(message.getProperties().getUserProperties()).isEmpty();
      assertThat(message.getProperties().getMessageExpiryInterval()).isNull();
    }
  }

  @Test
  void eventsWithoutASubscriberAreCounted() throws Exception {
    try (TestingRig rig = rig("", "cloudevents").connect()) {
      assertThat(rig.sink.deliver(rig.events.next(50)).settled()).isEqualTo(50);
      assertThat(rig.count("mqtt_no_subscriber_total")).isEqualTo(50);
      assertThat(rig.count("mqtt_acknowledged_total")).isEqualTo(50);
      try (Reader reader = new Reader()) {
        assertThat(rig.sink.deliver(rig.events.next(50)).settled()).isEqualTo(50);
        assertThat(reader.next()).isNotNull();
      }
      assertThat(rig.count("mqtt_no_subscriber_total")).isEqualTo(50);
      assertThat(rig.count("mqtt_connections_total")).isEqualTo(1);
    }
  }

  @Test
  void smallReceiveMaximumIsKept() throws Exception {
    try (Reader reader = new Reader();
        TestingRig rig = rig(", max_in_flight: 1000", "cloudevents_binary").connect()) {
      List<EncodedEvent> all = rig.events.next(500);
      assertThat(rig.sink.deliver(all).settled()).isEqualTo(500);
      for (EncodedEvent event : all) {
        assertThat(attributes(reader.next())).containsEntry("id", event.event().id());
      }
    }
  }

  /** Paho also counts messages without acknowledgement, until shortly after they were sent. */
  @Test
  void smallReceiveMaximumIsKeptWithoutAcknowledgements() throws Exception {
    try (TestingRig rig = rig(", qos: 0", "cloudevents").connect()) {
      for (int i = 0; i < 10; i++) {
        assertThat(rig.sink.deliver(rig.events.next(500))).isEqualTo(DeliveryResult.delivered(500));
      }
      assertThat(rig.count("mqtt_connections_total")).isEqualTo(1);
    }
  }

  @Test
  void secondConnectionOfOneNameEndsTheFirst() throws Exception {
    try (TestingRig first = rig("", "cloudevents").connect();
        TestingRig second = rig("", "cloudevents").connect()) {
      first.awaitLoss();
      // Mosquitto 2.0 does not report the reason.
      assertThat(first.sink.check()).isEqualTo(Health.degraded(server + " closed the connection"));
      assertThat(second.sink.check().isUp()).isTrue();
    }
  }

  @Test
  void brokerOfTheOldVersionIsReported() throws Exception {
    try (TestingMoquette old = new TestingMoquette(folder.resolve("moquette"))) {
      old.start();
      String address = "tcp://127.0.0.1:" + old.port();
      try (TestingRig rig =
          new TestingRig("{server: \"" + address + "\", version: 5}", "cloudevents")) {
        assertThatThrownBy(rig::connect)
            .isInstanceOf(DeliveryException.class)
            .hasMessageContaining("support version 5");
      }
    }
  }

  @Test
  void formatThatNeedsPropertiesIsReportedInTheOldVersion() throws Exception {
    try (TestingRig rig =
        new TestingRig("{server: \"" + server + "\"}", "cloudevents_binary").connect()) {
      assertThat(rig.failure(rig.events.next(1)))
          .isEqualTo(
              "version 3.1.1 has no place for the attributes of this format: set version: 5");
    }
  }
}
