package io.sessionbridge.tcp;

import io.sessionbridge.config.SecretFile;
import java.util.Optional;

/**
 * An HTTP proxy that connects to the server by CONNECT.
 *
 * @param login empty if it wants none
 */
public record HttpProxy(HostPort address, Optional<Login> login) {

  /**
   * @param passwordFile read at each connect
   */
  public record Login(String username, SecretFile passwordFile) {}
}
