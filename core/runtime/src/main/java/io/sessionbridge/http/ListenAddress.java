package io.sessionbridge.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A listen address, written as {@code host:port}, {@code [::1]:port}, or {@code :port} for the
 * loopback. Other programs read {@code :port} as every address of the machine; here an omission
 * never opens a port to the network.
 *
 * @param host a name or an IP address, without brackets
 * @param port 0 for any free port
 */
public record ListenAddress(String host, int port) {

  static final String LOOPBACK = "127.0.0.1";

  private static final Pattern FORM =
      Pattern.compile(
          "(?:\\[([0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?)]|([A-Za-z0-9._-]*)):([0-9]{1,5})");
  private static final int HIGHEST_PORT = 65_535;

  /** Parses an address; empty if the text is not one. */
  static Optional<ListenAddress> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > HIGHEST_PORT) {
      return Optional.empty();
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    return Optional.of(
        new ListenAddress(host.isEmpty() ? LOOPBACK : host, Integer.parseInt(form.group(3))));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
