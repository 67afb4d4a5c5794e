package io.sessionbridge.spi;

import java.io.IOException;

/**
 * There is no agent at an address. Whatever else goes wrong with a {@link ControlTransport} is no
 * proof of that.
 */
@Evolving
public final class NobodyListensException extends IOException {
  private static final long serialVersionUID = 1L;

  public NobodyListensException(String message, Throwable cause) {
    super(message, cause);
  }
}
