package io.sessionbridge.sink.mqtt.paho;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.OpenSocket;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Transport;
import io.sessionbridge.tcp.Deadline;
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
import org.eclipse.paho.mqttv5.client.TimerPingSender;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MQTT 5 with Paho's mqttv5. */
public final class PahoV5 implements Transport {

  private static final Logger LOG = LoggerFactory.getLogger(PahoV5.class);

  /** Unused because the socket is open; a numeric address avoids a name lookup. */
  private static final String UNUSED_URL = "tcp://127.0.0.1:1883";

  /** The QoS of a broker whose CONNACK does not state it (MQTT 5, 3.2.2.3). */
  private static final int DEFAULT_QOS = 2;

  private static final int NO_MAXIMUM = 65_535;

  @Override
  public Link connect(
      OpenSocket socket, ConnectRequest request, Deadline deadline, Link.Watcher watcher)
      throws LinkException, InterruptedException {
    PahoLog.silence();
    PahoConnection<MqttProperties> connection = new PahoConnection<>(socket, watcher);
    boolean connected = false;
    try {
      TimerPingSender pings = new TimerPingSender(null);
      MqttAsyncClient client =
          new MqttAsyncClient(UNUSED_URL, request.clientId(), new MemoryPersistence(), pings, null);
      client.setCallback(new Callback(connection));
      PahoV5Client link = new PahoV5Client(client, connection);
      connection.use(link);
      client.connect(options(socket, request), null, new Connack(connection));
      MqttProperties connack = connection.await(deadline);
      connected = true;
      keepAlive(connack, request, pings);
      return new PahoLink(link, connection, limits(connack, request));
    } catch (MqttException e) {
      throw new LinkException(new Ending.Broken(e));
    } finally {
      if (!connected) {
        connection.abort();
      }
    }
  }

  private static MqttConnectionOptions options(OpenSocket socket, ConnectRequest request) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(new OneSocketFactory(socket));
    options.setAutomaticReconnect(false);
    options.setCleanStart(true);
    options.setSessionExpiryInterval(0L);
    options.setKeepAliveInterval(request.keepAliveSeconds());
    request.username().ifPresent(options::setUserName);
    request.password().ifPresent(password -> options.setPassword(password.getBytes(UTF_8)));
    request.will().ifPresent(will -> options.setWill(will.topic(), PahoV5Client.message(will)));
    return options;
  }

  /**
   * A broker may require a shorter keep-alive. Paho learns it only after it has scheduled its first
   * ping, which would then be too late.
   */
  private static void keepAlive(
      MqttProperties connack, ConnectRequest request, TimerPingSender pings) {
    int seconds = orElse(connack.getServerKeepAlive(), 0);
    if (seconds > 0 && seconds < request.keepAliveSeconds()) {
      try {
        pings.schedule(Duration.ofSeconds(seconds).toMillis());
      } catch (IllegalStateException e) {
        LOG.debug("the connection is already closed", e);
      }
    }
  }

  private static Limits limits(MqttProperties connack, ConnectRequest request) {
    // One less than the broker allows, because Paho's count lags behind ours.
    int inFlight = Math.max(1, orElse(connack.getReceiveMaximum(), NO_MAXIMUM) - 1);
    long packet = orElse(connack.getMaximumPacketSize(), request.maxPacketBytes());
    return new Limits(
        Math.min(inFlight, request.maxInFlight()),
        Math.min(packet, request.maxPacketBytes()),
        orElse(connack.getMaximumQoS(), DEFAULT_QOS),
        orElse(connack.isRetainAvailable(), true));
  }

  private static <V> V orElse(@Nullable V value, V other) {
    return Objects.requireNonNullElse(value, other);
  }

  private record Connack(PahoConnection<MqttProperties> connection) implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      connection.connected(orElse(token.getResponseProperties(), new MqttProperties()));
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

  static Ending ending(PahoConnection<?> connection, Throwable failure) {
    if (!(failure instanceof MqttException known)) {
      return new Ending.Broken(failure);
    }
    int code = known.getReasonCode();
    if (code >= Reason.FAILED && code <= 0xFF) {
      return new Ending.Refused(code, Optional.empty());
    }
    return switch (code) {
      case MqttClientException.REASON_CODE_CONNECTION_LOST -> connection.closed(known);
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT,
          MqttClientException.REASON_CODE_WRITE_TIMEOUT ->
          new Ending.Silent();
      default -> new Ending.Broken(known);
    };
  }
}
