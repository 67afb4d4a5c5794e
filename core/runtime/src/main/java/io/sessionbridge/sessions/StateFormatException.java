package io.sessionbridge.sessions;

/** The bytes are not a valid tracker state, or are of a newer version; the message says which. */
public final class StateFormatException extends Exception {

  private static final long serialVersionUID = 1;

  public StateFormatException(String message) {
    super(message);
  }
}
