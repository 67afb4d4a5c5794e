package io.sessionbridge.cli.receivers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * Keeps every event that a broker forwards, with QoS 1 and a persistent session. Messages arrive on
 * a thread of the client.
 */
final class MqttSubscriber implements AutoCloseable {

  private static final String NAME = "mqtt-receiver";
  private static final String EVENTS = "sessionbridge/+/event/+";
  private static final String PRESENCE = "sessionbridge/+/availability";
  private static final String END = NAME + "/end";
  private static final int TIMEOUT_SECONDS = 20;
  private static final int ATTEMPTS = 5;

  private final List<byte[]> messages = new ArrayList<>();
  private final Semaphore ends = new Semaphore(0);
  private volatile String availability = "";
  private final MqttClient client;

  private MqttSubscriber(MqttClient client) {
    this.client = client;
  }

  /** Connects, with retries: Moquette occasionally drops one of its first connections. */
  static MqttSubscriber connect(String port) throws IOException {
    MqttException last = new MqttException(MqttException.REASON_CODE_CLIENT_EXCEPTION);
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return subscribe(port);
      } catch (MqttException e) {
        last = e;
      }
    }
    throw new IOException("the MQTT subscriber cannot connect: " + last.getMessage(), last);
  }

  private static MqttSubscriber subscribe(String port) throws MqttException {
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setCleanSession(false);
    options.setAutomaticReconnect(true);
    MqttSubscriber subscriber =
        new MqttSubscriber(
            new MqttClient("tcp://127.0.0.1:" + port, NAME, new MemoryPersistence()));
    boolean subscribed = false;
    try {
      MqttClient client = subscriber.client;
      client.setTimeToWait(TIMEOUT_SECONDS * 1000L);
      client.connect(options);
      client.subscribe(EVENTS, 1, (topic, message) -> subscriber.add(message.getPayload()));
      client.subscribe(
          PRESENCE,
          1,
          (topic, message) ->
              subscriber.availability = new String(message.getPayload(), StandardCharsets.UTF_8));
      client.subscribe(END, 1, (topic, message) -> subscriber.ends.release());
      subscribed = true;
      return subscriber;
    } finally {
      if (!subscribed) {
        subscriber.close();
      }
    }
  }

  private synchronized void add(byte[] message) {
    messages.add(message);
  }

  /** The last availability of an agent; empty before the first. Any thread. */
  String availability() {
    return availability;
  }

  /**
   * All messages that the broker has accepted so far: it forwards in order, and this sends a final
   * marker.
   */
  List<byte[]> received() throws IOException, InterruptedException {
    try {
      client.publish(END, new byte[0], 1, false);
    } catch (MqttException e) {
      throw new IOException("the MQTT subscriber cannot publish: " + e.getMessage(), e);
    }
    if (!ends.tryAcquire(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("the MQTT broker forwards nothing");
    }
    synchronized (this) {
      return List.copyOf(messages);
    }
  }

  @Override
  public void close() {
    try {
      client.disconnectForcibly(0, 100);
      client.close();
    } catch (MqttException e) {
      // the client ends with its broker anyway
    }
  }
}
