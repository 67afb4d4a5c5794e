package io.sessionbridge.spi;

import io.sessionbridge.text.UntrustedText;

/**
 * A peer that cannot be worked with now. The message names the setting or the thing to change. It
 * is made safe to show by {@link UntrustedText#message}.
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
