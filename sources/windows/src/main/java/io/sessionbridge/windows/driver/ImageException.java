package io.sessionbridge.windows.driver;

/** Bytes that the driver cannot have meant. */
final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }
}
