package io.sessionbridge.sink.syslog;

/** An event that fits into no message; the message says how large it is. */
final class TooLargeException extends Exception {
  private static final long serialVersionUID = 1L;

  TooLargeException(String message) {
    super(message);
  }
}
