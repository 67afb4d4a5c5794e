package io.sessionbridge.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * The reason for a failed file operation, in words. Java's exceptions often contain only the path.
 */
public final class FileReason {

  private FileReason() {}

  /**
   * The reason, as text that follows the name of the file.
   *
   * @param known the file that the message already names; another file is named here
   */
  public static String of(IOException cause, Path known) {
    if (!(cause instanceof FileSystemException fault)) {
      String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
      String name = known + ": ";
      return message.startsWith(name) ? message.substring(name.length()) : message;
    }
    String file = fault.getFile();
    boolean isKnown = file == null || file.equals(known.toString());
    return (isKnown ? "" : file + ": ") + reason(fault);
  }

  private static String reason(FileSystemException fault) {
    if (fault instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (fault instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (fault instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (fault instanceof FileAlreadyExistsException) {
      return "another file with this name exists";
    }
    String reason = fault.getReason();
    return reason == null ? fault.getClass().getSimpleName() : reason;
  }
}
