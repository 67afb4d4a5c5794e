package io.sessionbridge.spi;

import io.sessionbridge.text.UntrustedText;

/**
 * Thrown if the peer cannot be used now. The message names the setting to check. It is sanitized by
 * {@link UntrustedText#message}.
 */
@Stable
public final class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeliveryException(String message) {
    super(UntrustedText.message(message));
  }

  public DeliveryException(String message, Throwable cause) {
    super(UntrustedText.message(message), cause);
  }
}
