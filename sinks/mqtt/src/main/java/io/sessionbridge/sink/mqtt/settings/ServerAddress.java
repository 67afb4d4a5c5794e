package io.sessionbridge.sink.mqtt.settings;

import io.sessionbridge.tcp.HostPort;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of the broker. Not a {@link java.net.URI}, which does not support host names with an
 * underscore.
 *
 * @param host a name, or an address without brackets
 * @param path for a WebSocket, with its query; else empty
 */
public record ServerAddress(Scheme scheme, String host, int port, String path) {

  private static final Pattern URL =
      Pattern.compile("([a-z]+)://(\\[[0-9A-Fa-f:.]+]|[^\\s/:?#@\\[\\]]+)(:\\d{1,5})?(/\\S*)?");

  /** The transport of the connection. */
  public enum Scheme {
    TCP("tcp", 1883),
    SSL("ssl", 8883),
    WS("ws", 80),
    WSS("wss", 443);

    private final String name;
    private final int port;

    Scheme(String name, int port) {
      this.name = name;
      this.port = port;
    }

    boolean encrypts() {
      return this == SSL || this == WSS;
    }

    public boolean isWebSocket() {
      return this == WS || this == WSS;
    }
  }

  /** Empty if it is not a valid address of a broker. */
  static Optional<ServerAddress> parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      return Optional.empty();
    }
    for (Scheme scheme : Scheme.values()) {
      if (scheme.name.equals(url.group(1))) {
        return parse(scheme, url);
      }
    }
    return Optional.empty();
  }

  private static Optional<ServerAddress> parse(Scheme scheme, Matcher url) {
    String host = url.group(2);
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = url.group(3) == null ? scheme.port : Integer.parseInt(url.group(3).substring(1));
    boolean hasPath = url.group(4) != null && !url.group(4).equals("/");
    if (port < 1 || port > 65535 || hasPath && !scheme.isWebSocket()) {
      return Optional.empty();
    }
    String path = !scheme.isWebSocket() ? "" : hasPath ? url.group(4) : "/mqtt";
    return Optional.of(new ServerAddress(scheme, bare, port, path));
  }

  public HostPort hostPort() {
    return new HostPort(host, port);
  }

  /** For HTTP headers: {@code host:port}. */
  public String authority() {
    return hostPort().toString();
  }

  /** For messages: without the query, which may contain a token or a signature. */
  @Override
  public String toString() {
    int query = path.indexOf('?');
    String shown = query < 0 ? path : path.substring(0, query) + "?***";
    return scheme.name + "://" + authority() + shown;
  }
}
