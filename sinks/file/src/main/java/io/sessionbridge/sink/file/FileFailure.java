package io.sessionbridge.sink.file;

import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Says why a file cannot be written: the key, the file once, and the reason. */
record FileFailure(Path path, Storage storage) {

  /** With less than the largest batch the disk is as good as full. */
  private static final long LARGEST_BATCH = 16L << 20;

  String text(IOException cause) {
    if (cause instanceof HoldsSomethingElseException) {
      return "path " + path + " " + cause.getMessage();
    }
    return "path " + path + " cannot be written: " + FileReason.of(cause, path) + free(cause);
  }

  /** The free space where that is the reason, which each system says in words of its own. */
  private String free(IOException cause) {
    if (cause instanceof FileSystemException) {
      return ""; // the file was not even opened
    }
    try {
      long free = storage.usableSpace(FileNames.folderOf(path));
      return free < LARGEST_BATCH ? " (" + free / 1024 + " KiB free)" : "";
    } catch (IOException e) {
      return "";
    }
  }
}
