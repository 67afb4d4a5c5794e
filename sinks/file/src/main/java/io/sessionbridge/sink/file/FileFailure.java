package io.sessionbridge.sink.file;

import io.sessionbridge.storage.FileReason;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Explains why a file cannot be written: the key, the file, and the reason. */
record FileFailure(Path path, Storage storage) {

  /** With less free space than the largest batch, the disk counts as full. */
  private static final long LARGEST_BATCH = 16L << 20;

  String text(IOException cause) {
    if (cause instanceof NotOwnFileException) {
      return "path " + path + " " + cause.getMessage();
    }
    return "path " + path + " cannot be written: " + FileReason.of(cause, path) + free(cause);
  }

  /** The free space, if the disk is full; the message of the system differs by platform. */
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
