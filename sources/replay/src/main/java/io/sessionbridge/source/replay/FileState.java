package io.sessionbridge.source.replay;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * The state of the file with a given name at one moment.
 *
 * @param key device and inode, which a rename does not change; empty if the system has none
 *     (Windows)
 * @param modifiedMicros microseconds since 1970
 */
record FileState(Path path, String key, long size, long modifiedMicros) {

  /**
   * Reads the state, following symbolic links. Opens nothing.
   *
   * @throws UnreadableException if there is no file that can be read from its start
   */
  static FileState of(Path path) throws UnreadableException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(path, BasicFileAttributes.class);
    } catch (IOException e) {
      throw new UnreadableException(path, reason(path, e));
    }
    if (found.isDirectory()) {
      throw new UnreadableException(path, "is a folder, not a file");
    }
    Object key = found.fileKey();
    // on Windows, deduplicated files and files in a cloud folder are "other", too
    if (found.isOther() && key != null) {
      throw new UnreadableException(
          path,
          "is a pipe or a device, which cannot be continued: give path: \"-\" and send it to"
              + " standard input");
    }
    return new FileState(
        path,
        key == null ? "" : key.toString(),
        found.size(),
        found.lastModifiedTime().to(TimeUnit.MICROSECONDS));
  }

  /** Why a file cannot be read, as a predicate without the path. */
  static String reason(Path path, IOException e) {
    if (e instanceof NoSuchFileException) {
      return Files.isSymbolicLink(path)
          ? "is a symbolic link to a file that does not exist"
          : "does not exist";
    }
    if (e instanceof AccessDeniedException) {
      return "cannot be read: permission denied";
    }
    String reason =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getMessage();
    return "cannot be read: " + (reason == null ? e.getClass().getSimpleName() : reason);
  }

  /** Whether both are the same file, regardless of name; false if the system has no keys. */
  boolean hasKey(String other) {
    return !key.isEmpty() && key.equals(other);
  }
}
