package io.sessionbridge.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks whether a file or folder can be written or created, without doing so. */
public final class WriteAccess {

  private WriteAccess() {}

  /** Why not, as text that follows the path; empty if it can. */
  public static Optional<String> problem(Path path) {
    Path wanted = path.toAbsolutePath();
    Path there = wanted;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null) {
      return Optional.of("no such file or folder");
    }
    String place = there.equals(wanted) ? "" : there + ": ";
    if (!there.equals(wanted) && !Files.isDirectory(there)) {
      return Optional.of(place + "not a folder");
    }
    return Files.isWritable(there) ? Optional.empty() : Optional.of(place + refusal(there));
  }

  private static String refusal(Path there) {
    try {
      return Files.getFileStore(there).isReadOnly() ? "read-only file system" : "permission denied";
    } catch (IOException e) {
      return "permission denied";
    }
  }
}
