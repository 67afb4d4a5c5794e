package io.sessionbridge.control;

import java.io.IOException;

/** A question that was not answered. The message tells the reader why, and what to do. */
public final class ControlException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean nobodyListens;

  public ControlException(String message) {
    this(message, false);
  }

  public ControlException(String message, Throwable cause) {
    super(message, cause);
    this.nobodyListens = false;
  }

  ControlException(String message, boolean nobodyListens) {
    super(message);
    this.nobodyListens = nobodyListens;
  }

  /** Whether no agent runs that could have answered, as far as this user sees. */
  public boolean nobodyListens() {
    return nobodyListens;
  }
}
