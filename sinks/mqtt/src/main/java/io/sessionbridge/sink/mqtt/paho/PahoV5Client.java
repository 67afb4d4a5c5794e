package io.sessionbridge.sink.mqtt.paho;

import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import java.time.Duration;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;

/** A client object of mqttv5 for {@link PahoLink}. */
record PahoV5Client(MqttAsyncClient paho, PahoConnection<?> connection) implements PahoLink.Client {

  static MqttMessage message(Publication publication) {
    MqttProperties properties = new MqttProperties();
    properties.setPayloadFormat(publication.isText());
    properties.setContentType(publication.contentType());
    publication.expirySeconds().ifPresent(properties::setMessageExpiryInterval);
    properties.setUserProperties(
        publication.attributes().stream()
            .map(attribute -> new UserProperty(attribute.name(), attribute.value()))
            .toList());
    return new MqttMessage(
        publication.body(), publication.qos(), publication.retained(), properties);
  }

  @Override
  public void publish(Publication publication, Link.PublishCallback callback) throws LinkException {
    try {
      var unused =
          paho.publish(
              publication.topic(), message(publication), null, new CallbackListener(callback));
    } catch (MqttException e) {
      throw new LinkException(PahoV5.ending(connection, e));
    }
  }

  @Override
  public void disconnect(Duration atMost) throws LinkException {
    try {
      paho.disconnect(0).waitForCompletion(atMost.toMillis());
    } catch (MqttException e) {
      throw new LinkException(new Ending.Broken(e));
    }
  }

  @Override
  public void close() throws LinkException {
    try {
      paho.close();
    } catch (MqttException e) {
      throw new LinkException(new Ending.Broken(e));
    }
  }

  @Override
  public void endThreads() throws LinkException {
    try {
      paho.disconnectForcibly(0, 0, false);
    } catch (MqttException e) {
      throw new LinkException(new Ending.Broken(e));
    }
  }

  private record CallbackListener(Link.PublishCallback callback) implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      int[] reasons = token.getReasonCodes();
      callback.answered(reasons == null || reasons.length == 0 ? Reason.SUCCESS : reasons[0]);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      callback.unknown();
    }
  }
}
