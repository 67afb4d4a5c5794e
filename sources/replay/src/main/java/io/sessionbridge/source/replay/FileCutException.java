package io.sessionbridge.source.replay;

import java.io.IOException;

/** The file no longer holds what was read from it: it was truncated, and possibly refilled. */
final class FileCutException extends IOException {
  private static final long serialVersionUID = 1L;

  FileCutException() {
    super("it was truncated while it was read");
  }
}
