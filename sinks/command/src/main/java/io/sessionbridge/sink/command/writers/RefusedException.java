package io.sessionbridge.sink.command.writers;

/** Others may change a file, or that cannot be determined. The message says who may change what. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
