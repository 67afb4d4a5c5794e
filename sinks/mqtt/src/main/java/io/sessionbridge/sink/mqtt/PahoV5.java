package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 5 by Paho's mqttv5. */
final class PahoV5 implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(PahoV5.class);

  /** The socket is open; a numeric address keeps Paho from asking for a name. */
  private static final String UNUSED_URL = "tcp://127.0.0.1:1883";

  /** What the broker takes if its CONNACK does not say (MQTT 5, 3.2.2.3). */
  private static final int DEFAULT_QOS = 2;

  @Override
  public Link connect(OpenSocket socket, Greeting greeting, Deadline deadline, Link.Watcher watcher)
      throws LinkException, InterruptedException {
    PahoLog.silence();
    PahoConnection<MqttProperties> connection = new PahoConnection<>(socket, watcher);
    boolean connected = false;
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(UNUSED_URL, greeting.clientId(), new MemoryPersistence());
      client.setCallback(new Callback(connection));
      client.connect(options(socket, greeting), null, new Connack(connection));
      MqttProperties connack = connection.await(deadline);
      connected = true;
      return new PahoLink(client, connection, limits(connack, greeting));
    } catch (MqttException e) {
      throw new LinkException(new Ending.Broken(e));
    } finally {
      if (!connected) {
        connection.abort();
      }
    }
  }

  private static MqttConnectionOptions options(OpenSocket socket, Greeting greeting) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(new OneSocketFactory(socket));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setKeepAliveInterval(greeting.keepAliveSeconds());
    greeting.username().ifPresent(options::setUserName);
    greeting.password().ifPresent(password -> options.setPassword(password.getBytes(UTF_8)));
    greeting.will().ifPresent(will -> options.setWill(will.topic(), message(will)));
    return options;
  }

  private static Limits limits(MqttProperties connack, Greeting greeting) {
    int inFlight = orElse(connack.getReceiveMaximum(), greeting.maxInFlight());
    long packet = orElse(connack.getMaximumPacketSize(), greeting.maxPacketBytes());
    return new Limits(
        Math.min(inFlight, greeting.maxInFlight()),
        Math.min(packet, greeting.maxPacketBytes()),
        orElse(connack.getMaximumQoS(), DEFAULT_QOS),
        orElse(connack.isRetainAvailable(), true));
  }

  private static <V> V orElse(@Nullable V value, V other) {
    return Objects.requireNonNullElse(value, other);
  }

  private static MqttMessage message(Publication publication) {
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

  private record Connack(PahoConnection<MqttProperties> connection) implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      connection.greeted(orElse(token.getResponseProperties(), new MqttProperties()));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      connection.refused(ending(connection, failure));
    }
  }

  private record Callback(PahoConnection<MqttProperties> connection) implements MqttCallback {

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException failure = response.getException();
      connection.over(
          failure == null
              ? new Ending.Refused(
                  response.getReturnCode(), Optional.ofNullable(response.getReasonString()))
              : ending(connection, failure));
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
      LOG.debug("Paho", failure);
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String url) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }

  private static Ending ending(PahoConnection<?> connection, Throwable failure) {
    if (!(failure instanceof MqttException told)) {
      return new Ending.Broken(failure);
    }
    int code = told.getReasonCode();
    if (code >= Reason.FAILED && code <= 0xFF) {
      return new Ending.Refused(code, Optional.empty());
    }
    return switch (code) {
      case MqttClientException.REASON_CODE_CONNECTION_LOST -> connection.closed(told);
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT,
          MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
          new Ending.Silent();
      default -> new Ending.Broken(told);
    };
  }

  private record Fated(Link.Fate fate) implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      int[] reasons = token.getReasonCodes();
      fate.answered(reasons == null || reasons.length == 0 ? Reason.SUCCESS : reasons[0]);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      fate.unknown();
    }
  }

  private record PahoLink(
      MqttAsyncClient client, PahoConnection<MqttProperties> connection, Limits limits)
      implements Link {

    @Override
    public void publish(Publication publication, Fate fate) throws LinkException {
      try {
        var unused =
            client.publish(publication.topic(), message(publication), null, new Fated(fate));
      } catch (MqttException e) {
        throw new LinkException(ending(connection, e));
      }
    }

    @Override
    public void disconnect(Duration atMost) {
      connection.expectEnd();
      try {
        client.disconnect(0).waitForCompletion(atMost.toMillis());
        connection.ended();
      } catch (MqttException e) {
        LOG.debug("disconnect", e);
      }
      abort();
    }

    @Override
    public void abort() {
      connection.abort();
      try {
        client.close();
      } catch (MqttException e) {
        LOG.debug("close", e);
      }
    }
  }
}
