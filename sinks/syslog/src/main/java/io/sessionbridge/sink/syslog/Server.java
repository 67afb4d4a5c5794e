package io.sessionbridge.sink.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the receiver is.
 *
 * @param host a name, or an address without brackets
 */
record Server(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\s:/\\[\\]]+)):([0-9]{1,5})");

  /** Of {@code host:port} or {@code [address]:port}; empty if it is neither. */
  static Optional<Server> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = Integer.parseInt(matcher.group(3));
    return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new Server(host, port));
  }

  /** The addresses that the name has now, at least one. */
  InetAddress[] resolve(NameService names) throws IOException {
    try {
      return names.addresses(host);
    } catch (UnknownHostException e) {
      throw new IOException(
          host + " has no address: is server right, and does the name service work?", e);
    }
  }

  /** As configured. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
