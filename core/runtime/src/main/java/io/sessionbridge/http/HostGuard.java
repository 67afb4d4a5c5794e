package io.sessionbridge.http;

import java.util.regex.Pattern;

/**
 * Refuses requests whose {@code Host} is no name of the loopback, while the server listens there
 * alone. A page in a browser on this machine can let its own name point to 127.0.0.1 and so read
 * what is there ("DNS rebinding"); it cannot choose the {@code Host} that the browser sends.
 */
final class HostGuard {

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  private final boolean loopbackOnly;
  private final String configured;

  /**
   * @param loopbackOnly whether nobody else can reach the server
   * @param configured the host of the configuration, which is a good name too
   */
  HostGuard(boolean loopbackOnly, String configured) {
    this.loopbackOnly = loopbackOnly;
    this.configured = configured;
  }

  /**
   * Whether to answer.
   *
   * @param host the header; empty if there was none, as browsers never do
   */
  boolean accepts(String host) {
    return !loopbackOnly
        || host.isEmpty()
        || LOOPBACK.matcher(host).matches()
        || host.replaceFirst(":[0-9]{1,5}$", "").equalsIgnoreCase(configured);
  }
}
