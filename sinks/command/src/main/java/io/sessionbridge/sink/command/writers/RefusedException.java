package io.sessionbridge.sink.command.writers;

/** Others can modify a file, or that cannot be determined. The message says who can modify what. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
