package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A subscriber that records messages. */
final class TestingSubscriber implements AutoCloseable, MqttCallback {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  /** A message, as text. */
  record Message(String topic, String text, boolean retained) {}

  private final MqttClient client;
  private final int qos;
  private final String mark = "mark/" + UUID.randomUUID();
  private final Semaphore marks = new Semaphore(0);
  private final Semaphore arrivals = new Semaphore(0);
  private final CountDownLatch lost = new CountDownLatch(1);

  /** Fast to append: a slow client drops its messages when the broker goes down. */
  private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());

  private final Map<String, String> latest = new ConcurrentHashMap<>();

  /**
   * Receives everything from now on, and the retained messages. With QoS 0 the broker queues
   * nothing that would be lost when it is killed.
   */
  TestingSubscriber(int port) throws MqttException {
    this(port, new MqttConnectOptions());
  }

  TestingSubscriber(int port, MqttConnectOptions options) throws MqttException {
    this(port, options, 0);
  }

  /**
   * With QoS 1 a broker that drops messages of QoS 0 for a slow connection drops nothing.
   *
   * @param qos 0 or 1
   */
  static TestingSubscriber withQos(int port, int qos) throws MqttException {
    return new TestingSubscriber(port, new MqttConnectOptions(), qos);
  }

  private TestingSubscriber(int port, MqttConnectOptions options, int qos) throws MqttException {
    this.qos = qos;
    client =
        new MqttClient(
            "tcp://127.0.0.1:" + port, "watch-" + UUID.randomUUID(), new MemoryPersistence());
    client.setCallback(this);
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    client.connect(options);
    if (qos > 0) {
      // Moquette closes a connection whose SUBSCRIBE comes before it has noted its own CONNACK
      // (MQTTConnection.executeConnect); it has done so when it acknowledges a message.
      client.publish(mark, new byte[0], qos, false);
    }
    client.subscribe("#", qos);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    if (topic.equals(mark)) {
      marks.release();
      return;
    }
    String text = new String(message.getPayload(), UTF_8);
    messages.add(new Message(topic, text, message.isRetained()));
    latest.put(topic, text);
    arrivals.release();
  }

  /** Waits until everything that the broker accepted before has arrived. */
  void catchUp() throws Exception {
    client.publish(mark, new byte[0], qos, false); // with a lower one it could arrive first
    assertThat(marks.tryAcquire(20, TimeUnit.SECONDS)).as("the mark came back").isTrue();
  }

  /** Returns once the last message on the topic is this one. */
  void await(String topic, String text) throws InterruptedException {
    while (!text.equals(latest.get(topic))) {
      assertThat(arrivals.tryAcquire(30, TimeUnit.SECONDS))
          .as("%s on %s, it is %s", text, topic, latest.get(topic))
          .isTrue();
    }
  }

  /** Returns once this many have arrived. */
  void awaitMessages(int count) {
    while (messages.size() < count) {
      arrivals.acquireUninterruptibly();
    }
  }

  void forget() {
    messages.clear();
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  List<Message> on(String topic) {
    return messages().stream().filter(message -> message.topic().equals(topic)).toList();
  }

  /** The ids of the events, in order of arrival. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (Message message : messages()) {
      Matcher matcher = ID.matcher(message.text());
      if (message.topic().contains("/event/") && matcher.find()) {
        ids.add(matcher.group(1));
      }
    }
    return ids;
  }

  /** Returns once the broker is down and everything that it sent has arrived. */
  void awaitEnd() throws InterruptedException {
    assertThat(lost.await(20, TimeUnit.SECONDS)).as("the broker went").isTrue();
  }

  @Override
  public void connectionLost(Throwable cause) {
    lost.countDown();
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect();
    }
    client.close();
  }
}
