package io.sessionbridge.sink.file;

import java.io.IOException;

/** A file whose length was changed by somebody else. */
final class ForeignChangeException extends IOException {

  private static final long serialVersionUID = 1L;

  ForeignChangeException(String message) {
    super(message);
  }
}
