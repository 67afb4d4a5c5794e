package io.sessionbridge.windows.driver;

/** The driver cannot be used. The message says what to do. */
public final class DriverException extends Exception {
  private static final long serialVersionUID = 1L;

  DriverException(String message) {
    super(message);
  }

  DriverException(String message, Throwable cause) {
    super(message, cause);
  }
}
