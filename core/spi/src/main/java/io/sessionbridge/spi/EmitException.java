package io.sessionbridge.spi;

/** Observations that could not be made durable. Trying again later may help. */
@Stable
public final class EmitException extends Exception {
  private static final long serialVersionUID = 1L;

  public EmitException(String message, Throwable cause) {
    super(message, cause);
  }
}
