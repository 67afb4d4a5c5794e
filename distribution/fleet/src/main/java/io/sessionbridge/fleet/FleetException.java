package io.sessionbridge.fleet;

/** A failure whose message the user gets without a stack trace. */
final class FleetException extends Exception {

  private static final long serialVersionUID = 1L;

  FleetException(String message) {
    super(message);
  }
}
