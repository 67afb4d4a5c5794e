package io.sessionbridge.spi;

/** A peer that cannot be worked with now. The message names the setting or the thing to change. */
public final class DeliveryException extends Exception {
  private static final long serialVersionUID = 1L;

  public DeliveryException(String message) {
    super(message);
  }

  public DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
