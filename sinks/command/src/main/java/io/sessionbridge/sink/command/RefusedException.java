package io.sessionbridge.sink.command;

/** Others may change a file, or that cannot be found out. The message says who, and what. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }
}
