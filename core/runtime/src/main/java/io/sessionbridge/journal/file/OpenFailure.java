package io.sessionbridge.journal.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/**
 * Tells a file that is damaged from one that cannot be opened for the moment, because another
 * program has it or the process has too many files open. Only the system's words make that
 * difference; whatever they are not known to say is waited for, which loses nothing.
 */
public final class OpenFailure {

  /** What Linux says for EIO, EUCLEAN and EBADMSG, and Windows for errors 23, 1117 and 1392. */
  private static final List<String> DAMAGE =
      List.of(
          "Input/output error",
          "Structure needs cleaning",
          "Bad message",
          "cyclic redundancy check",
          "I/O device error",
          "corrupted and unreadable");

  private OpenFailure() {}

  /** Whether the disk does not give back the file, as opposed to somebody else having it. */
  public static boolean isDamage(IOException cause) {
    String reason = reason(cause);
    return DAMAGE.stream().anyMatch(reason::contains);
  }

  /** What the system said, without the file's name. */
  public static String reason(IOException cause) {
    String reason =
        cause instanceof FileSystemException detailed ? detailed.getReason() : cause.getMessage();
    return Optional.ofNullable(reason).orElse(cause.toString());
  }
}
