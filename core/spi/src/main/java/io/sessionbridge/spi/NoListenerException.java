package io.sessionbridge.spi;

import java.io.IOException;

/**
 * Thrown if no agent listens at an address. No other failure of a {@link ControlTransport} proves
 * that.
 */
@Evolving
public final class NoListenerException extends IOException {
  private static final long serialVersionUID = 1L;

  public NoListenerException(String message, Throwable cause) {
    super(message, cause);
  }
}
