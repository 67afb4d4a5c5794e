package io.sessionbridge.sink.command.writers;

import java.io.IOException;
import java.nio.file.Path;

/** Reads files that only administrators may write. */
public interface FileReader {

  /**
   * Reads a whole file.
   *
   * @param most the maximum size in bytes
   * @throws RefusedException if others can modify the file, or if that cannot be determined
   */
  byte[] read(Path file, int most) throws IOException, RefusedException;
}
