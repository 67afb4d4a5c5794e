package io.sessionbridge.event;

/**
 * Thrown for bytes or text that are not an event. The message states what was expected and what was
 * found.
 */
public final class EventFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  public EventFormatException(String message) {
    super(message);
  }
}
