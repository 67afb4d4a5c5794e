package io.sessionbridge.sink.mqtt.dial;

import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.sink.mqtt.settings.ProxyAddress;
import io.sessionbridge.sink.mqtt.settings.ServerAddress;
import io.sessionbridge.tcp.DialException;
import io.sessionbridge.tcp.HttpHead;
import io.sessionbridge.text.UntrustedText;
import io.sessionbridge.tls.TlsDiagnosis;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;

/** Explains why the broker cannot be reached, with the setting to check. */
public final class DialDiagnosis {

  private final MqttSinkConfig config;
  private final ConnectionTimeouts timeouts;
  private final ServerAddress server;

  public DialDiagnosis(MqttSinkConfig config, ConnectionTimeouts timeouts) {
    this.config = config;
    this.timeouts = timeouts;
    this.server = config.server();
  }

  public String explain(DialException failure) {
    IOException cause = failure.inStep();
    return switch (failure.step()) {
      case NAME -> unknownName() + late(cause);
      case TCP -> notReached(cause);
      case PROXY -> refusedByProxy(cause);
      case FILES -> String.valueOf(cause.getMessage());
      case TLS -> noTls(cause);
    };
  }

  private String unknownName() {
    return config
        .proxy()
        .map(proxy -> "the name " + proxy.server().host() + " in proxy cannot be resolved")
        .orElse("the name " + server.host() + " in server cannot be resolved");
  }

  private static String late(IOException cause) {
    return cause instanceof SocketTimeoutException ? reason(cause) : "";
  }

  private String notReached(IOException cause) {
    return config
            .proxy()
            .map(proxy -> "proxy " + proxy + " cannot be reached: is it up, and is proxy right?")
            .orElse(server + " cannot be reached: is the broker up, and is server right?")
        + reason(cause);
  }

  private String refusedByProxy(IOException cause) {
    String who = "proxy " + config.proxy().map(ProxyAddress::toString).orElse("");
    String what = who + " does not connect to " + server.authority();
    String text = String.valueOf(cause.getMessage());
    boolean login = text.contains(" 407 ") || text.contains(" 401 "); // tinyproxy sends the latter
    if (cause instanceof HttpHead.RefusedException && login) {
      return what + ": check proxy_username and proxy_password_file" + reason(cause);
    }
    if (cause instanceof HttpHead.RefusedException) {
      return what + ": does it allow this host and port, and is server right?" + reason(cause);
    }
    return cause instanceof SocketTimeoutException
        ? what + " within " + timeouts.seconds() + ": is proxy an HTTP proxy?"
        : what + reason(cause);
  }

  private String noTls(IOException cause) {
    if (cause instanceof SocketTimeoutException) {
      return server
          + " did not start TLS within "
          + timeouts.seconds()
          + ": is this its port for TLS?";
    }
    return tls(cause).orElseGet(() -> "TLS with " + server + " failed" + reason(cause));
  }

  /** The explanation of a TLS failure, which may appear only after the handshake. */
  public Optional<String> tls(Throwable cause) {
    return config
        .tls()
        .flatMap(settings -> new TlsDiagnosis(settings, server.toString()).explain(cause));
  }

  /** A failure after TLS. */
  public String noWebSocket(IOException cause) {
    String what = server + " does not open a WebSocket for MQTT";
    Optional<String> ofTls = tls(cause);
    if (ofTls.isPresent()) {
      return ofTls.get();
    }
    return cause instanceof SocketTimeoutException
        ? what + " within " + timeouts.seconds() + ": check the port and the path in server"
        : what + ": check the port and the path in server" + reason(cause);
  }

  /** The message of the deepest cause, in parentheses. */
  public static String reason(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "";
    }
    Throwable deepest = deepest(cause);
    String text = deepest.getMessage();
    return " ("
        + UntrustedText.part(text == null ? deepest.getClass().getSimpleName() : text)
        + ")";
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}
