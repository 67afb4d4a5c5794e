package io.sessionbridge.sink.syslog;

/** Thrown for an event that does not fit into a message, with its size. */
final class TooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
