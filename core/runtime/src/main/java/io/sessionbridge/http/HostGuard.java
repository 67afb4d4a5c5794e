package io.sessionbridge.http;

import java.util.regex.Pattern;

/**
 * Rejects requests whose {@code Host} is not a loopback name, if the server listens on the loopback
 * only. A web page can make its own host name resolve to 127.0.0.1 and so read from a local server
 * ("DNS rebinding"), but it cannot choose the {@code Host} that the browser sends.
 */
final class HostGuard {

  private static final Pattern LOOPBACK =
      Pattern.compile(
          "(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

  private final boolean loopbackOnly;
  private final String configured;

  /**
   * @param loopbackOnly whether only this machine can reach the server
   * @param configured the configured host, which is accepted too
   */
  HostGuard(boolean loopbackOnly, String configured) {
    this.loopbackOnly = loopbackOnly;
    this.configured = configured;
  }

  /**
   * Whether to answer a request.
   *
   * @param host the header; empty if absent, which never happens with browsers
   */
  boolean accepts(String host) {
    return !loopbackOnly
        || host.isEmpty()
        || LOOPBACK.matcher(host).matches()
        || host.replaceFirst(":[0-9]{1,5}$", "").equalsIgnoreCase(configured);
  }
}
