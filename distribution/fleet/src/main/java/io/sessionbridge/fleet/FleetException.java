package io.sessionbridge.fleet;

/** What the user is told in a sentence. */
final class FleetException extends Exception {

  private static final long serialVersionUID = 1L;

  FleetException(String message) {
    super(message);
  }
}
