package io.sessionbridge.windows.driver;

/** Bytes from the driver that are not valid. */
final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }
}
