package io.sessionbridge.control;

import java.io.IOException;

/** A question was not answered. The message says why and what to do. */
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

  /** Whether no agent listens, as far as this user can see. */
  public boolean nobodyListens() {
    return nobodyListens;
  }
}
