package io.sessionbridge.windows.eventlog;

/** A text that is not an event log record. */
final class RecordFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  RecordFormatException(String message) {
    super(message);
  }
}
