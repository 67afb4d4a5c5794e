package io.sessionbridge.sink.mqtt;

import io.sessionbridge.sink.mqtt.dial.BrokerDialer;
import io.sessionbridge.sink.mqtt.link.Connection;
import io.sessionbridge.sink.mqtt.link.Limits;
import io.sessionbridge.sink.mqtt.link.LinkException;
import io.sessionbridge.sink.mqtt.link.Publication;
import io.sessionbridge.sink.mqtt.link.Transport;
import io.sessionbridge.sink.mqtt.link.Transport.ConnectRequest;
import io.sessionbridge.sink.mqtt.link.Version;
import io.sessionbridge.sink.mqtt.paho.PahoV3;
import io.sessionbridge.sink.mqtt.paho.PahoV5;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.Login;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.tcp.Deadline;
import io.sessionbridge.tcp.DialException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;

/** Connects to the broker and checks that it supports what the configuration requires. */
final class Connector {

  private final SinkContext context;
  private final MqttSinkConfig config;
  private final ConnectionTimeouts timeouts;
  private final Publication will;
  private final BrokerDialer dialer;
  private final Transport transport;
  private final MqttDiagnosis diagnosis;

  Connector(
      SinkContext context, MqttSinkConfig config, ConnectionTimeouts timeouts, Publication will) {
    this.context = context;
    this.config = config;
    this.timeouts = timeouts;
    this.will = will;
    this.dialer = new BrokerDialer(config, context.clock(), timeouts.acknowledgement());
    this.transport = transport(config.version());
    this.diagnosis = new MqttDiagnosis(config, timeouts);
  }

  private static Transport transport(Version version) {
    return version == Version.V3 ? new PahoV3() : new PahoV5();
  }

  /** Connects; reads secrets and certificates each time. */
  Connection connect() throws DeliveryException, InterruptedException {
    Connection connection = new Connection(context.clock(), context::connectionLost);
    Deadline deadline = new Deadline(context.clock(), timeouts.connect());
    try {
      ConnectRequest request = request();
      connection.begin(transport.connect(dialer.open(deadline), request, deadline, connection));
    } catch (DialException e) {
      throw new DeliveryException(diagnosis.whileDialing(e), e);
    } catch (BrokerDialer.WebSocketException e) {
      throw new DeliveryException(diagnosis.noWebSocket(e.inStep()), e);
    } catch (LinkException e) {
      throw new DeliveryException(diagnosis.whileConnecting(e.ending()), e);
    } catch (InterruptedIOException e) {
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (IOException e) {
      throw new DeliveryException(String.valueOf(e.getMessage()), e);
    }
    Optional<String> missing = missing(connection.link().limits());
    if (missing.isPresent()) {
      connection.link().disconnect(timeouts.disconnect());
      throw new DeliveryException(missing.get());
    }
    return connection;
  }

  /** Unique, unless machines were cloned or the configuration uses an id twice. */
  String clientId() {
    return config.clientId().orElse("sessionbridge-" + context.host().id() + "-" + context.id());
  }

  private ConnectRequest request() throws IOException {
    Optional<String> password = Optional.empty();
    if (config.login().isPresent()) {
      password = Optional.of(config.login().get().passwordFile().read());
    }
    return new ConnectRequest(
        clientId(),
        config.login().map(Login::username),
        password,
        Math.toIntExact(config.keepAlive().toSeconds()),
        config.presence() ? Optional.of(will) : Optional.empty(),
        config.maxInFlight(),
        config.maxPacketBytes());
  }

  /** A required feature that the broker lacks; empty if there is none. */
  private Optional<String> missing(Limits limits) {
    if (limits.qos() < config.qos()) {
      return Optional.of(diagnosis.onlyQos0());
    }
    return config.presence() && !limits.retains()
        ? Optional.of(diagnosis.retainsNothing())
        : Optional.empty();
  }
}
