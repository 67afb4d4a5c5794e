package io.sessionbridge.journal.file;

import java.io.IOException;
import java.nio.file.Path;

/** The disk does not give back a part of a file. It may do so the next time. */
public final class UnreadableException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final long position;

  UnreadableException(Path file, long position, int bytes, IOException cause) {
    super(
        file
            + ": bytes "
            + position
            + " to "
            + (position + bytes - 1)
            + " cannot be read: "
            + cause.getMessage(),
        cause);
    this.file = file;
    this.position = position;
  }

  /** Not even the file can be opened. */
  public UnreadableException(Path file, IOException cause) {
    super(file + " cannot be opened: " + OpenFailure.reason(cause), cause);
    this.file = file;
    this.position = 0;
  }

  /** Whether both are about the same part of the same file. */
  public boolean isSamePlace(UnreadableException other) {
    return file.equals(other.file) && position == other.position;
  }
}
