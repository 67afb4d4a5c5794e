package io.sessionbridge.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Why an operation on a file failed, in words. The exceptions of Java often give a path alone. */
public final class FileReason {

  private FileReason() {}

  /**
   * The reason, to stand behind a text that names the file.
   *
   * @param known the file that the text names; another one is named here
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
