package io.sessionbridge.tcp;

import io.sessionbridge.tls.TlsSettings;
import java.util.Optional;

/**
 * The way to a server.
 *
 * @param proxy empty = straight to the server
 * @param tls empty = not encrypted
 * @param sendBuffer bytes that the system may hold back, 0 = what it likes
 */
public record Route(
    HostPort server, Optional<HttpProxy> proxy, Optional<TlsSettings> tls, int sendBuffer) {

  /** Without a proxy. */
  public static Route direct(HostPort server, Optional<TlsSettings> tls) {
    return new Route(server, Optional.empty(), tls, 0);
  }
}
