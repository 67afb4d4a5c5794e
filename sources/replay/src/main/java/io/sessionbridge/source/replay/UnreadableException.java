package io.sessionbridge.source.replay;

import java.nio.file.Path;

/** A file that cannot be read now. The message gives the path and the reason. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(Path path, String reason) {
    super(path + " " + reason);
  }
}
