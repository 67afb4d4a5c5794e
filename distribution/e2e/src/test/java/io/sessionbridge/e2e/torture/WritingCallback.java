package io.sessionbridge.e2e.torture;

import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttMessage;

/** Gives each message to a consumer; Paho acknowledges it afterwards. */
final class WritingCallback implements MqttCallback {

  private final Consumer<byte[]> payloads;

  WritingCallback(Consumer<byte[]> payloads) {
    this.payloads = payloads;
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    payloads.accept(message.getPayload());
  }

  @Override
  public void connectionLost(Throwable cause) {
    // Paho connects again by itself.
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {
    // It publishes nothing.
  }
}
