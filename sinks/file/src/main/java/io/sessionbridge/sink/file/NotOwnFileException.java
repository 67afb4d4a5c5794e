package io.sessionbridge.sink.file;

import java.io.IOException;

/**
 * Thrown for a file that does not belong to this sink, and so is neither truncated nor appended to.
 */
final class NotOwnFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param why how it differs from a file of the sink
   */
  NotOwnFileException(String why) {
    super("holds something else: choose another path or move the file away (" + why + ")");
  }
}
