package io.sessionbridge.spi;

/** Thrown if a source cannot start. The message says what to change. */
@Stable
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
