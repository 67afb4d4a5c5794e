package io.sessionbridge.tcp;

import io.sessionbridge.config.SecretFile;
import java.util.Optional;

/**
 * An HTTP proxy that supports CONNECT.
 *
 * @param login empty if it requires none
 */
public record HttpProxy(HostPort address, Optional<Login> login) {

  /**
   * @param passwordFile read at each connect
   */
  public record Login(String username, SecretFile passwordFile) {}
}
