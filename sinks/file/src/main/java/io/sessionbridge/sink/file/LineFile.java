package io.sessionbridge.sink.file;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that always ends with a line end. For use by one thread. */
final class LineFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

  private final Path path;
  private final StorageFile file;
  private long end;

  private LineFile(Path path, StorageFile file, long end) {
    this.path = path;
    this.file = file;
    this.end = end;
  }

  /** Creates a new file with a durable name. */
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
   * Opens a file, cuts the remains of a crash or a failed write after its last line, and makes the
   * cut and the name durable.
   *
   * @param unsettled what this process wrote last without knowing the result
   * @throws NotOwnFileException if it is not a file of this sink; it is unchanged
   */
  static LineFile open(Storage storage, Path path, OwnLines own, @Nullable Unsettled unsettled)
      throws IOException {
    StorageFile file = storage.open(path);
    return guarded(
        file,
        () -> {
          if (!file.isInPlace()) {
            throw new IOException("was replaced by another file while it was being opened");
          }
          if (unsettled != null && unsettled.isIn(file)) {
            cut(file, unsettled.end());
          } else {
            repair(path, file, FileEnd.of(file, own));
          }
          storage.forceFolder(FileNames.folderOf(path));
          return new LineFile(path, file, file.size());
        });
  }

  private static void repair(Path path, StorageFile file, FileEnd found) throws IOException {
    if (found.isWhole()) {
      return;
    }
    long size = file.size();
    if (found.lacksLineEnd()) {
      file.write(ByteBuffer.wrap(new byte[] {'\n'}), found.keep());
      LOG.warn(
          "{} had no line end after its last line, so one was added; that line may be incomplete",
          path);
    }
    cut(file, found.keep() + (found.lacksLineEnd() ? 1 : 0));
    if (found.fragment() + found.zeros() > 0) {
      LOG.warn(
          "{} was truncated from {} to {} bytes: an unfinished event of {} bytes and {} zero bytes",
          path,
          size,
          found.keep(),
          found.fragment(),
          found.zeros());
    }
  }

  private static void cut(StorageFile file, long size) throws IOException {
    file.truncate(size);
    file.force();
  }

  /** The steps that may fail after a file was opened. */
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

  /** Whether the path still refers to this file. */
  boolean isInPlace() throws IOException {
    return file.isInPlace();
  }

  /** What a failed append of these lines may have left after {@link #end}. */
  Unsettled unsettled(byte[] lines) {
    return new Unsettled(end, lines);
  }

  /** The end of the settled lines. */
  long end() {
    return end;
  }

  /**
   * Appends whole lines. After a failure the file may end anywhere after {@link #end}, until it is
   * opened again with {@link #unsettled}.
   *
   * @throws IOException also if another program changed the length of the file
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
