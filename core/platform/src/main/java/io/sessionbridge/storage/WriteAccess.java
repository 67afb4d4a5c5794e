package io.sessionbridge.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a file or folder could be written or created, without trying. */
public final class WriteAccess {

  private WriteAccess() {}

  /** The reason why not, to stand behind a text that names the path; empty if it could. */
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
