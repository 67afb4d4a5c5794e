package io.sessionbridge.spi;

/** Thrown if observations could not be made durable. A later attempt may succeed. */
@Stable
public final class EmitException extends Exception {
  private static final long serialVersionUID = 1L;

  public EmitException(String message, Throwable cause) {
    super(message, cause);
  }
}
