package io.sessionbridge.control;

import java.io.IOException;

/** A question that was not answered. The message tells the reader why, and what to do. */
public final class ControlException extends IOException {
  private static final long serialVersionUID = 1L;

  public ControlException(String message) {
    super(message);
  }

  public ControlException(String message, Throwable cause) {
    super(message, cause);
  }
}
