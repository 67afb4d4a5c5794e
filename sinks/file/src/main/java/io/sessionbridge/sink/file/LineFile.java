package io.sessionbridge.sink.file;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file that always ends with a whole line. One thread. */
final class LineFile implements AutoCloseable {

  private static final int WINDOW = 8192;

  private final Path path;
  private final StorageFile file;
  private long end;

  private LineFile(Path path, StorageFile file, long end) {
    this.path = path;
    this.file = file;
    this.end = end;
  }

  /** Makes a new file whose name is durable. */
  static LineFile create(Storage storage, Path path) throws IOException {
    StorageFile file = storage.create(path);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      storage.forceFolder(folder);
    }
    return new LineFile(path, file, 0);
  }

  /** Opens a file and cuts a last line that a crash left without its line end. */
  static LineFile open(Storage storage, Path path) throws IOException {
    StorageFile file = storage.open(path);
    long end = endOfLastLine(file);
    if (end < file.size()) {
      file.truncate(end);
    }
    return new LineFile(path, file, end);
  }

  private static long endOfLastLine(StorageFile file) throws IOException {
    long stop = file.size();
    while (stop > 0) {
      long start = Math.max(0, stop - WINDOW);
      ByteBuffer window = ByteBuffer.allocate((int) (stop - start));
      file.read(window, start);
      for (int i = window.position() - 1; i >= 0; i--) {
        if (window.get(i) == '\n') {
          return start + i + 1;
        }
      }
      stop = start;
    }
    return 0;
  }

  Path path() {
    return path;
  }

  long size() {
    return end;
  }

  /**
   * Appends whole lines; after a failure the file ends where it ended before, if the disk lets it.
   */
  void append(byte[] lines, boolean force) throws IOException {
    try {
      file.write(ByteBuffer.wrap(lines), end);
      if (force) {
        file.force();
      }
    } catch (IOException e) {
      cutBack(e);
      throw e;
    }
    end += lines.length;
  }

  private void cutBack(IOException cause) {
    try {
      file.truncate(end);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
