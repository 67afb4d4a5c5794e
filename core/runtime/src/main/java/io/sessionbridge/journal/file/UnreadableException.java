package io.sessionbridge.journal.file;

import java.io.IOException;
import java.nio.file.Path;

/** Thrown when the disk cannot read a part of a file. The next read may succeed. */
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

  /** The file cannot be opened. */
  public UnreadableException(Path file, IOException cause) {
    super(file + " cannot be opened: " + OpenFailure.reason(cause), cause);
    this.file = file;
    this.position = 0;
  }

  /** Whether both concern the same part of the same file. */
  public boolean isSamePlace(UnreadableException other) {
    return file.equals(other.file) && position == other.position;
  }
}
