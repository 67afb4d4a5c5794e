package io.sessionbridge.source.replay;

import java.io.IOException;

/** The file does not hold any more what was read from it: it was cut, and perhaps filled again. */
final class FileCutException extends IOException {
  private static final long serialVersionUID = 1L;

  FileCutException() {
    super("it was truncated while it was read");
  }
}
