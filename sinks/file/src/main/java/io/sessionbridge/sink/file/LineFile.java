package io.sessionbridge.sink.file;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A file that always ends with a whole line. One thread. */
final class LineFile implements AutoCloseable {

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
    return guarded(
        file,
        () -> {
          storage.forceFolder(FileNames.folderOf(path));
          return new LineFile(path, file, 0);
        });
  }

  /**
   * Opens a file, cuts what a crash or a failed write left behind its last settled line, and makes
   * the cut and the name durable.
   *
   * @param settled where the settled lines end, if this process knows; else Long.MAX_VALUE
   */
  static LineFile open(Storage storage, Path path, long settled) throws IOException {
    StorageFile file = storage.open(path);
    return guarded(
        file,
        () -> {
          long end = Math.min(settled, LineEnd.of(file));
          if (end < file.size()) {
            file.truncate(end);
            file.force();
          }
          storage.forceFolder(FileNames.folderOf(path));
          return new LineFile(path, file, end);
        });
  }

  /** What may fail while a file is open. */
  private interface Opening {
    LineFile finish() throws IOException;
  }

  private static LineFile guarded(StorageFile file, Opening opening) throws IOException {
    try {
      return opening.finish();
    } catch (IOException | RuntimeException e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Where the settled lines end. */
  long end() {
    return end;
  }

  /**
   * Appends whole lines. After a failure the file may end anywhere behind {@link #end}, until it is
   * opened again with that.
   *
   * @throws IOException also if somebody else changed the file's length
   */
  void append(byte[] lines, boolean force) throws IOException {
    long size = file.size();
    if (size != end) {
      throw new ForeignChangeException(
          "expected " + end + " bytes, found " + size + ": does another program write to it?");
    }
    file.write(ByteBuffer.wrap(lines), end);
    if (force) {
      file.force();
    }
    end += lines.length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
