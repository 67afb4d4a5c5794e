package io.sessionbridge.windows.eventlog;

/** A text that is no record of the event log. */
final class RecordFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  RecordFormatException(String message) {
    super(message);
  }
}
