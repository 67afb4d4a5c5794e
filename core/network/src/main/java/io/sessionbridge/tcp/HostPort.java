package io.sessionbridge.tcp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and port of a server.
 *
 * @param host a name, or an address without brackets
 */
public record HostPort(String host, int port) {

  /** The form that {@link #parse} accepts, for messages: {@code must be ...}. */
  public static final String RULE = "host:port or [address]:port with a port from 1 to 65535";

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/@\\[\\]]+)):([0-9]{1,5})");

  /** Parses {@code host:port} or {@code [address]:port}; empty if it is neither. */
  public static Optional<HostPort> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = Integer.parseInt(matcher.group(3));
    return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new HostPort(host, port));
  }

  /** As configured, with brackets around an IPv6 address. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
