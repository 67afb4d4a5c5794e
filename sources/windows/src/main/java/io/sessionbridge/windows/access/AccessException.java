package io.sessionbridge.windows.access;

/** A file can be changed by unauthorised users. The message names them, the file and the fix. */
public final class AccessException extends Exception {
  private static final long serialVersionUID = 1L;

  AccessException(String message) {
    super(message);
  }
}
