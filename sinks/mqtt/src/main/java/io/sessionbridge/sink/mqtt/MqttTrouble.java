package io.sessionbridge.sink.mqtt;

import io.sessionbridge.tls.TlsTrouble;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Says what a failure means and which setting or right would mend it. */
final class MqttTrouble {

  private final MqttSinkConfig config;
  private final Patience patience;
  private final ServerAddress server;

  MqttTrouble(MqttSinkConfig config, Patience patience) {
    this.config = config;
    this.patience = patience;
    this.server = config.server();
  }

  /** Before MQTT was spoken. */
  String whileDialing(DialException failure) {
    IOException cause = failure.inStep();
    return switch (failure.step()) {
      case NAME -> unknownName();
      case TCP -> notReached(cause);
      case PROXY -> refusedByProxy(cause);
      case FILES -> String.valueOf(cause.getMessage());
      case TLS -> noTls(cause);
      case WEB_SOCKET -> noWebSocket(cause);
    };
  }

  private String unknownName() {
    return config
        .proxy()
        .map(proxy -> "the name " + proxy.host() + " in proxy cannot be resolved")
        .orElse("the name " + server.host() + " in server cannot be resolved");
  }

  private String notReached(IOException cause) {
    return config
            .proxy()
            .map(proxy -> "proxy " + proxy + " is not reached: is it up, and is proxy right?")
            .orElse(server + " is not reached: is the broker up, and is server right?")
        + said(cause);
  }

  private String refusedByProxy(IOException cause) {
    String who = "proxy " + config.proxy().map(ProxyAddress::toString).orElse("");
    String what = who + " does not connect to " + server.authority();
    String text = String.valueOf(cause.getMessage());
    boolean login = text.contains(" 407 ") || text.contains(" 401 "); // the latter is tinyproxy's
    if (cause instanceof HttpHead.RefusedException && login) {
      return what + ": check proxy_username and proxy_password_file" + said(cause);
    }
    if (cause instanceof HttpHead.RefusedException) {
      return what + ": does it allow this host and port, and is server right?" + said(cause);
    }
    return cause instanceof SocketTimeoutException
        ? what + " within " + seconds() + ": is proxy an HTTP proxy?"
        : what + said(cause);
  }

  private String noTls(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return server + " did not begin TLS within " + seconds() + ": is this its port for TLS?";
    }
    return tls(cause).orElseGet(() -> "no TLS with " + server + said(cause));
  }

  private Optional<String> tls(Throwable cause) {
    return config
        .tls()
        .flatMap(settings -> new TlsTrouble(settings, server.toString()).explain(cause));
  }

  private String noWebSocket(IOException cause) {
    String what = server + " opens no web socket for MQTT";
    Optional<String> ofTls = tls(cause);
    if (ofTls.isPresent()) {
      return ofTls.get();
    }
    return cause instanceof SocketTimeoutException
        ? what + " within " + seconds() + ": check the port and the path in server"
        : what + ": check the port and the path in server" + said(cause);
  }

  /** Between CONNECT and CONNACK. */
  String whileGreeting(Ending ending) {
    if (ending instanceof Ending.Silent) {
      return server
          + " does not answer CONNECT within "
          + seconds()
          + ": is it a broker, and does server have the right scheme for its port?";
    }
    if (ending instanceof Ending.Closed closed) {
      Optional<String> ofTls = closed.cause().flatMap(this::tls);
      if (ofTls.isPresent()) {
        return ofTls.get();
      }
      return server
          + " closes the connection before it answers CONNECT: does server have the right scheme"
          + " for its port, and does the broker speak version "
          + config.version()
          + "?"
          + closed.cause().map(MqttTrouble::said).orElse("");
    }
    if (ending instanceof Ending.Refused refused) {
      return server + " refuses the connection: " + meaning(refused);
    }
    return server
        + " answers CONNECT with something else: does the broker speak version "
        + config.version()
        + "?"
        + said(((Ending.Broken) ending).cause());
  }

  /** After it. */
  String ended(Ending ending) {
    if (ending instanceof Ending.Silent) {
      return server
          + " is silent: no acknowledgement within "
          + patience.acknowledgement().toSeconds()
          + " s, or no answer to a ping within keep_alive";
    }
    if (ending instanceof Ending.Refused refused) {
      return server + " ended the connection: " + meaning(refused);
    }
    if (ending instanceof Ending.Closed closed) {
      return server + " closed the connection" + closed.cause().map(MqttTrouble::said).orElse("");
    }
    return server + ": the client gave up" + said(((Ending.Broken) ending).cause());
  }

  /** When one event, sent alone, ends the connection: with 3.1.1 a broker cannot say why. */
  String endedBy(Ending ending, String topic, int bytes) {
    return ended(ending)
        + " after an event of "
        + bytes
        + " bytes was sent to "
        + topic
        + ": may "
        + user()
        + " publish there, and is max_packet_bytes within what the broker takes?";
  }

  /** The broker answered a publication with a failure. */
  String refused(int reason, String topic) {
    String what = server + " refuses to publish to " + topic + ": ";
    return what
        + switch (reason) {
          case Reason.NOT_AUTHORIZED -> "allow " + user() + " to write there";
          case Reason.BAD_TOPIC -> "it does not like the name, check the keys that end in _topic";
          case Reason.QUOTA -> "a quota is used up";
          case Reason.NO_RETAIN -> "it keeps no retained messages, set presence: false";
          default -> "reason " + Reason.code(reason);
        };
  }

  String onlyQos0() {
    return server + " takes no QoS 1: set qos: 0";
  }

  String retainsNothing() {
    return server + " keeps no retained messages: set presence: false";
  }

  private String meaning(Ending.Refused refused) {
    String text =
        switch (refused.reason()) {
          case Reason.WRONG_VERSION -> "it does not speak version " + config.version();
          case Reason.BAD_CLIENT_ID -> "it does not like the client_id";
          case Reason.BAD_LOGIN -> "check username and password_file";
          case Reason.NOT_AUTHORIZED ->
              user() + " is not allowed, check username, password_file and the broker's rules";
          case Reason.SERVER_UNAVAILABLE, Reason.SERVER_BUSY -> "it is not ready";
          case Reason.BANNED -> user() + " is banned";
          case Reason.SHUTTING_DOWN -> "it shuts down";
          case Reason.KEEP_ALIVE -> "it heard nothing within keep_alive";
          case Reason.TAKEN_OVER -> "another connection has the same client_id";
          case Reason.RECEIVE_MAXIMUM -> "too many messages at a time, lower max_in_flight";
          case Reason.PACKET_TOO_LARGE -> "a packet was too large, lower max_packet_bytes";
          case Reason.RATE_TOO_HIGH -> "messages come too fast, set max_events_per_second";
          case Reason.QUOTA -> "a quota is used up";
          case Reason.NO_RETAIN -> "it keeps no retained messages, set presence: false";
          case Reason.NO_SUCH_QOS -> "it takes no QoS 1, set qos: 0";
          case Reason.CONNECTION_RATE -> "connections come too fast";
          default -> "reason " + Reason.code(refused.reason());
        };
    return text + refused.text().map(said -> " (" + said + ")").orElse("");
  }

  private String user() {
    return config.login().map(login -> "user " + login.username()).orElse("an unnamed user");
  }

  private String seconds() {
    return patience.connect().toMillis() / 1000.0 + " s";
  }

  private static String said(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "";
    }
    Throwable deepest = deepest(cause);
    String text = deepest.getMessage();
    return " (" + (text == null ? deepest.getClass().getSimpleName() : text) + ")";
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
