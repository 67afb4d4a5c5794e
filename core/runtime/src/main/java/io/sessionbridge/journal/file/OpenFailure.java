package io.sessionbridge.journal.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;

/**
 * Distinguishes a damaged file from one that temporarily cannot be opened, because another program
 * has it open or the process has too many open files. Only the system's message shows the
 * difference. An unknown message counts as temporary, which loses nothing.
 */
public final class OpenFailure {

  /**
   * Messages of Linux for EIO, EUCLEAN and EBADMSG, and of Windows for errors 23, 1117 and 1392.
   */
  private static final List<String> DAMAGE =
      List.of(
          "Input/output error",
          "Structure needs cleaning",
          "Bad message",
          "cyclic redundancy check",
          "I/O device error",
          "corrupted and unreadable");

  private OpenFailure() {}

  /** Whether the disk fails to read the file, as opposed to another program having it open. */
  public static boolean isDamage(IOException cause) {
    String reason = reason(cause);
    return DAMAGE.stream().anyMatch(reason::contains);
  }

  /** The system's message, without the file name. */
  public static String reason(IOException cause) {
    String reason =
        cause instanceof FileSystemException detailed ? detailed.getReason() : cause.getMessage();
    return Optional.ofNullable(reason).orElse(cause.toString());
  }
}
