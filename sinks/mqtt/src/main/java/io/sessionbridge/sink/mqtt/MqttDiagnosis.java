package io.sessionbridge.sink.mqtt;

import io.sessionbridge.sink.mqtt.dial.DialDiagnosis;
import io.sessionbridge.sink.mqtt.link.Ending;
import io.sessionbridge.sink.mqtt.link.Reason;
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.settings.ServerAddress;
import io.sessionbridge.tcp.DialException;
import io.sessionbridge.text.UntrustedText;
import java.io.IOException;
import java.util.Optional;

/** Explains failures, with the setting or permission to check. */
final class MqttDiagnosis {

  private final MqttSinkConfig config;
  private final ConnectionTimeouts timeouts;
  private final ServerAddress server;
  private final DialDiagnosis dialing;

  MqttDiagnosis(MqttSinkConfig config, ConnectionTimeouts timeouts) {
    this.config = config;
    this.timeouts = timeouts;
    this.server = config.server();
    this.dialing = new DialDiagnosis(config, timeouts);
  }

  /** A failure before the CONNECT. */
  String whileDialing(DialException failure) {
    return dialing.explain(failure);
  }

  /** A failure after TLS, before the CONNECT. */
  String noWebSocket(IOException cause) {
    return dialing.noWebSocket(cause);
  }

  /** A failure between CONNECT and CONNACK. */
  String whileConnecting(Ending ending) {
    if (ending instanceof Ending.Silent) {
      return server
          + " does not answer CONNECT within "
          + timeouts.seconds()
          + ": is it a broker, and does server have the right scheme for its port?";
    }
    if (ending instanceof Ending.Closed closed) {
      Optional<String> ofTls = closed.cause().flatMap(dialing::tls);
      if (ofTls.isPresent()) {
        return ofTls.get();
      }
      return server
          + " closes the connection before it answers CONNECT: does server have the right scheme"
          + " for its port, and does the broker support version "
          + config.version()
          + "?"
          + closed.cause().map(DialDiagnosis::reason).orElse("");
    }
    if (ending instanceof Ending.Refused refused) {
      return server + " refuses the connection: " + meaning(refused);
    }
    return server
        + " answers CONNECT with an unexpected packet: does the broker support version "
        + config.version()
        + "?"
        + DialDiagnosis.reason(((Ending.Broken) ending).cause());
  }

  /** The end of an established connection. */
  String ended(Ending ending) {
    if (ending instanceof Ending.Silent) {
      return server
          + " does not answer: no acknowledgement within "
          + timeouts.acknowledgement().toSeconds()
          + " s, or no answer to a ping within keep_alive";
    }
    if (ending instanceof Ending.Refused refused) {
      return server + " ended the connection: " + meaning(refused);
    }
    if (ending instanceof Ending.Closed closed) {
      return server
          + " closed the connection"
          + closed.cause().map(DialDiagnosis::reason).orElse("");
    }
    return server
        + ": the MQTT client failed"
        + DialDiagnosis.reason(((Ending.Broken) ending).cause());
  }

  /** A single event ended the connection; with 3.1.1 a broker cannot state the reason. */
  String endedBy(Ending ending, String topic, int bytes) {
    return ended(ending)
        + " after an event of "
        + bytes
        + " bytes was sent to "
        + topic
        + ": may "
        + user()
        + " publish there, and is max_packet_bytes within the broker's limit?";
  }

  /** The broker refused a publication. */
  String refused(int reason, String topic) {
    String what = server + " refuses to publish to " + topic + ": ";
    return what
        + switch (reason) {
          case Reason.NOT_AUTHORIZED -> "allow " + user() + " to write there";
          case Reason.BAD_TOPIC -> "the topic name is invalid, check the keys that end in _topic";
          case Reason.QUOTA -> "a quota is exceeded";
          case Reason.NO_RETAIN -> "it does not support retained messages, set presence: false";
          default -> "reason " + Reason.code(reason);
        };
  }

  String onlyQos0() {
    return server + " does not support QoS 1: set qos: 0";
  }

  String retainsNothing() {
    return server + " does not support retained messages: set presence: false";
  }

  private String meaning(Ending.Refused refused) {
    String text =
        switch (refused.reason()) {
          case Reason.WRONG_VERSION -> "it does not support version " + config.version();
          case Reason.BAD_CLIENT_ID -> "it rejects the client_id";
          case Reason.BAD_LOGIN -> "check username and password_file";
          case Reason.NOT_AUTHORIZED ->
              user() + " is not allowed, check username, password_file and the broker's rules";
          case Reason.SERVER_UNAVAILABLE, Reason.SERVER_BUSY -> "it is unavailable";
          case Reason.BANNED -> user() + " is banned";
          case Reason.SHUTTING_DOWN -> "it is shutting down";
          case Reason.KEEP_ALIVE -> "it received nothing within keep_alive";
          case Reason.TAKEN_OVER -> "another connection has the same client_id";
          case Reason.RECEIVE_MAXIMUM -> "too many unacknowledged messages, lower max_in_flight";
          case Reason.PACKET_TOO_LARGE -> "a packet was too large, lower max_packet_bytes";
          case Reason.RATE_TOO_HIGH -> "the message rate is too high, set max_events_per_second";
          case Reason.QUOTA -> "a quota is exceeded";
          case Reason.NO_RETAIN -> "it does not support retained messages, set presence: false";
          case Reason.NO_SUCH_QOS -> "it does not support QoS 1, set qos: 0";
          case Reason.CONNECTION_RATE -> "the connection rate is too high";
          default -> "reason " + Reason.code(refused.reason());
        };
    return text + refused.text().map(said -> " (" + UntrustedText.part(said) + ")").orElse("");
  }

  private String user() {
    return config.login().map(login -> "user " + login.username()).orElse("an unnamed user");
  }
}
