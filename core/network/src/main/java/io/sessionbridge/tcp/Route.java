package io.sessionbridge.tcp;

import io.sessionbridge.tls.TlsSettings;
import java.util.Optional;

/**
 * How to reach a server.
 *
 * @param proxy empty = direct connection
 * @param tls empty = not encrypted
 * @param sendBuffer size of the socket's send buffer in bytes, 0 = the default of the system
 */
public record Route(
    HostPort server, Optional<HttpProxy> proxy, Optional<TlsSettings> tls, int sendBuffer) {

  /** Without a proxy. */
  public static Route direct(HostPort server, Optional<TlsSettings> tls) {
    return new Route(server, Optional.empty(), tls, 0);
  }
}
