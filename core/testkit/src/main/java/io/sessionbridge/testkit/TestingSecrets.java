package io.sessionbridge.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Files with secrets, as the agent requires them: readable by their owner only. */
public final class TestingSecrets {

  private TestingSecrets() {}

  /** Writes a file and makes it private. */
  public static Path write(Path file, String text) throws IOException {
    return makePrivate(Files.writeString(file, text));
  }

  /** Removes the permissions of other users, where the file system has permissions. */
  public static Path makePrivate(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }
}
