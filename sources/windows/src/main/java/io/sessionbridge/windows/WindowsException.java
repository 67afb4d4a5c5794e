package io.sessionbridge.windows;

/** A call to Windows that failed permanently. */
public final class WindowsException extends Exception {
  private static final long serialVersionUID = 1L;

  public WindowsException(String message) {
    super(message);
  }

  public WindowsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For instance {@code CreateWindowEx failed with error 5: Access is denied}. */
  public static WindowsException of(String call, int error) {
    return new WindowsException(call + " failed with " + ErrorCode.text(error));
  }
}
