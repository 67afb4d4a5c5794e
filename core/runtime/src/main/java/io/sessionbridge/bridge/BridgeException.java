package io.sessionbridge.bridge;

/** Thrown when the agent cannot start. The message says what to change. */
public final class BridgeException extends Exception {
  private static final long serialVersionUID = 1L;

  BridgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
