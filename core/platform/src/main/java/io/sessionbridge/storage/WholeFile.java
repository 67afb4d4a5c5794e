package io.sessionbridge.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads small files into memory, with a limit in case the path is wrong. */
public final class WholeFile {

  private WholeFile() {}

  /** Thrown if the file exceeds the limit. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(Path file, int most) {
      super(file + " is longer than " + size(most) + ", is it the right file?");
    }
  }

  /**
   * Reads a whole file, even if its size changes meanwhile.
   *
   * @param most the limit in bytes
   * @throws TooLargeException if the file is longer
   * @throws FileSystemException if it is a pipe or a device, which may have no end
   */
  public static byte[] read(Path file, int most) throws IOException {
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file, most);
    }
  }

  /**
   * Reads a whole file from an open stream.
   *
   * @param file for the messages
   * @param most the limit in bytes
   * @throws TooLargeException if the file is longer
   */
  public static byte[] read(InputStream in, Path file, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new TooLargeException(file, most);
    }
    return bytes;
  }

  /** Not checked on Windows, where cloud files and deduplicated files are "other" too. */
  private static void requireFile(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")
        && Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
      throw new FileSystemException(
          file.toString(), null, "it is a pipe or a device, and must be a file");
    }
  }

  private static String size(int bytes) {
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + "MiB" : (bytes >> 10) + "KiB";
  }
}
