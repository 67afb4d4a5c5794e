package io.sessionbridge.sink.file;

import java.io.IOException;

/** Thrown if another program changed the length of the file. */
final class ForeignChangeException extends IOException {

  private static final long serialVersionUID = 1L;

  ForeignChangeException(String message) {
    super(message);
  }
}
