package io.sessionbridge.sink.file;

import java.io.IOException;

/** A file that is not one of this sink, and so is neither cut nor appended to. */
final class HoldsSomethingElseException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param why what tells it from a file of the sink
   */
  HoldsSomethingElseException(String why) {
    super("holds something else: choose another path or move the file away (" + why + ")");
  }
}
