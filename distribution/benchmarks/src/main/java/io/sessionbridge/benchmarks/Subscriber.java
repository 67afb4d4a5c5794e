package io.sessionbridge.benchmarks;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A separate MQTT client that receives every event. */
final class Subscriber implements MqttCallback, AutoCloseable {

  private static final String MARK = "mark";
  private static final long PATIENCE_SECONDS = 120;

  /** Receives what is published. Called on one thread. */
  interface Reader {
    void take(String topic, byte[] body);
  }

  private final MqttClient client;
  private final Reader reader;
  private final CountDownLatch marked = new CountDownLatch(1);

  /** Returns once it is subscribed. */
  Subscriber(String url, Reader reader) throws MqttException {
    this.reader = reader;
    this.client = new MqttClient(url, "independent", new MemoryPersistence());
    client.setCallback(this);
    client.connect();
    client.subscribe(new String[] {"+/+/event/#", MARK}, new int[] {1, 1});
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    if (topic.equals(MARK)) {
      marked.countDown();
      return;
    }
    reader.take(topic, message.getPayload());
  }

  /** Waits until everything that the broker accepted before has arrived. */
  void catchUp() throws MqttException, InterruptedException {
    client.publish(MARK, new byte[0], 1, false);
    if (!marked.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the subscriber did not catch up");
    }
  }

  @Override
  public void connectionLost(Throwable cause) {
    System.err.println("the subscriber lost the broker: " + cause);
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}

  @Override
  public void close() throws MqttException {
    client.disconnect();
    client.close();
  }
}
