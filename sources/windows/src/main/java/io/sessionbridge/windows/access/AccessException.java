package io.sessionbridge.windows.access;

/** Somebody may change what nobody may. The message says who, what, and what to do. */
public final class AccessException extends Exception {
  private static final long serialVersionUID = 1L;

  AccessException(String message) {
    super(message);
  }
}
