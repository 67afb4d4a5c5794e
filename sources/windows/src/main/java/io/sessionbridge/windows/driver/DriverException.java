package io.sessionbridge.windows.driver;

/** The driver cannot be used. The message says how to fix it. */
public final class DriverException extends Exception {
  private static final long serialVersionUID = 1L;

  public DriverException(String message) {
    super(message);
  }

  public DriverException(String message, Throwable cause) {
    super(message, cause);
  }
}
