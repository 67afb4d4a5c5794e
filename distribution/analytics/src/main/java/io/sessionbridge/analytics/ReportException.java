package io.sessionbridge.analytics;

/** A report that cannot be made. The message names what to change. */
final class ReportException extends Exception {
  private static final long serialVersionUID = 1L;

  ReportException(String message) {
    super(message);
  }
}
