package io.sessionbridge.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Reads files into memory that are small unless the name is that of another file. */
public final class WholeFile {

  private WholeFile() {}

  /** The file is larger than any of its kind. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(Path file, int most) {
      super(file + " is longer than " + size(most) + ", is it the right file?");
    }
  }

  /**
   * Reads all of a file, whatever its size was a moment ago.
   *
   * @param most how many bytes it may have
   * @throws TooLargeException if it has more; no more than that was read
   * @throws FileSystemException if it is a pipe or a device: its end may never come
   */
  public static byte[] read(Path file, int most) throws IOException {
    requireFile(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file, most);
    }
  }

  /**
   * Reads all of a file that somebody has opened.
   *
   * @param file for the messages
   * @param most how many bytes it may have
   * @throws TooLargeException if it has more; no more than that was read
   */
  public static byte[] read(InputStream in, Path file, int most) throws IOException {
    byte[] bytes = in.readNBytes(most + 1);
    if (bytes.length > most) {
      throw new TooLargeException(file, most);
    }
    return bytes;
  }

  /** On Windows, files of cloud folders and deduplicated ones count as other things, too. */
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
