package io.sessionbridge.e2e.torture;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** Gives each message to a consumer; Paho acknowledges it afterwards. Says when it is cut off. */
final class WritingCallback implements MqttCallback {

  private final Consumer<byte[]> payloads;
  private final Runnable onLoss;

  WritingCallback(Consumer<byte[]> payloads, Runnable onLoss) {
    this.payloads = payloads;
    this.onLoss = onLoss;
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    payloads.accept(message.getPayload());
  }

  @Override
  public void connectionLost(Throwable cause) {
    onLoss.run();
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // It publishes nothing.
  }
}
