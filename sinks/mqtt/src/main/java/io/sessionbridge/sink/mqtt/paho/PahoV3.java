package io.sessionbridge.sink.mqtt.paho;

import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.Link;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.OpenSocket;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.link.Transport;
import io.sessionbridge.tcp.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** MQTT 3.1.1 with Paho's mqttv3. */
public final class PahoV3 implements Transport {

  /** Unused because the socket is open; a numeric address avoids a name lookup. */
  private static final String UNUSED_URL = "tcp://127.0.0.1:1883";

  /** Reserve below the limit at which Paho refuses to publish: its count lags behind ours. */
  private static final int ROOM = 10;

  @Override
  public Link connect(
      OpenSocket socket, ConnectRequest request, Deadline deadline, Link.Watcher watcher)
      throws LinkException, InterruptedException {
    PahoLog.silence();
    PahoConnection<Boolean> connection = new PahoConnection<>(socket, watcher);
    boolean connected = false;
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(UNUSED_URL, request.clientId(), new MemoryPersistence());
      client.setCallback(new Callback(connection));
      Client link = new Client(client, connection);
      connection.use(link);
      client.connect(options(socket, request), null, new Connack(connection));
      boolean unused = connection.await(deadline);
      connected = true;
      Limits limits = new Limits(request.maxInFlight(), request.maxPacketBytes(), 1, true);
      return new PahoLink(link, connection, limits);
    } catch (MqttException e) {
      throw new LinkException(new Ending.Broken(e));
    } finally {
      if (!connected) {
        connection.abort();
      }
    }
  }

  private static MqttConnectOptions options(OpenSocket socket, ConnectRequest request) {
    MqttConnectOptions options = new MqttConnectOptions();
    // Without this, Paho retries a refused connect with MQTT 3.1.
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setSocketFactory(new OneSocketFactory(socket));
    options.setAutomaticReconnect(false);
    options.setCleanSession(true);
    options.setKeepAliveInterval(request.keepAliveSeconds());
    options.setMaxInflight(request.maxInFlight() + ROOM);
    request.username().ifPresent(options::setUserName);
    request.password().ifPresent(password -> options.setPassword(password.toCharArray()));
    request
        .will()
        .ifPresent(will -> options.setWill(will.topic(), will.body(), will.qos(), will.retained()));
    return options;
  }

  private record Connack(PahoConnection<Boolean> connection) implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      connection.connected(true);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      connection.refused(
          failure instanceof MqttException e ? ending(connection, e) : new Ending.Broken(failure));
    }
  }

  private record Callback(PahoConnection<Boolean> connection) implements MqttCallback {

    @Override
    public void connectionLost(Throwable failure) {
      connection.over(
          failure instanceof MqttException e ? ending(connection, e) : new Ending.Broken(failure));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {}

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {}
  }

  private static Ending ending(PahoConnection<?> connection, MqttException failure) {
    return switch (failure.getReasonCode()) {
      case MqttException.REASON_CODE_INVALID_PROTOCOL_VERSION -> refused(Reason.WRONG_VERSION);
      case MqttException.REASON_CODE_INVALID_CLIENT_ID -> refused(Reason.BAD_CLIENT_ID);
      case MqttException.REASON_CODE_BROKER_UNAVAILABLE -> refused(Reason.SERVER_UNAVAILABLE);
      case MqttException.REASON_CODE_FAILED_AUTHENTICATION -> refused(Reason.BAD_LOGIN);
      case MqttException.REASON_CODE_NOT_AUTHORIZED -> refused(Reason.NOT_AUTHORIZED);
      case MqttException.REASON_CODE_CONNECTION_LOST -> connection.closed(failure);
      case MqttException.REASON_CODE_CLIENT_TIMEOUT, MqttException.REASON_CODE_WRITE_TIMEOUT ->
          new Ending.Silent();
      default -> new Ending.Broken(failure);
    };
  }

  private static Ending refused(int reason) {
    return new Ending.Refused(reason, Optional.empty());
  }

  private record CallbackListener(Link.PublishCallback callback) implements IMqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      callback.answered(Reason.SUCCESS);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      callback.unknown();
    }
  }

  private record Client(MqttAsyncClient paho, PahoConnection<?> connection)
      implements PahoLink.Client {

    @Override
    public void publish(Publication publication, Link.PublishCallback callback)
        throws LinkException {
      MqttMessage message = new MqttMessage(publication.body());
      message.setQos(publication.qos());
      message.setRetained(publication.retained());
      try {
        var unused =
            paho.publish(publication.topic(), message, null, new CallbackListener(callback));
      } catch (MqttException e) {
        throw new LinkException(ending(connection, e));
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
  }
}
