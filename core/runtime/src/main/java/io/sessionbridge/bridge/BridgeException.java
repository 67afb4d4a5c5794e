package io.sessionbridge.bridge;

/** An agent that cannot start. The message tells the reader what to change. */
public final class BridgeException extends Exception {
  private static final long serialVersionUID = 1L;

  BridgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
