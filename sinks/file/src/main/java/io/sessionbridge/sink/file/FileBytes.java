package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Access to single bytes of a file, mostly backward, read 64 KiB at a time. For use by one thread.
 */
final class FileBytes {

  private static final int WINDOW = 64 << 10;

  private final StorageFile file;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long start;

  FileBytes(StorageFile file) {
    this.file = file;
  }

  long size() throws IOException {
    return file.size();
  }

  byte at(long position) throws IOException {
    if (position < start || position >= start + window.limit()) {
      load(position);
    }
    return window.get((int) (position - start));
  }

  /** Loads the bytes up to the position, so that preceding ones need no further read. */
  private void load(long position) throws IOException {
    start = Math.max(0, position + 1 - WINDOW);
    window = ByteBuffer.allocate((int) (position + 1 - start));
    file.read(window, start);
    window.flip();
    if (window.limit() <= position - start) {
      throw new IOException("expected " + (position + 1) + " bytes, found fewer");
    }
  }

  byte[] copy(long from, long to) throws IOException {
    ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(to - from));
    int unused = file.read(copy, from);
    return copy.array();
  }

  boolean hasZero(long from, long to) throws IOException {
    for (long i = to - 1; i >= from; i--) {
      if (at(i) == 0) {
        return true;
      }
    }
    return false;
  }

  /** The position after the last line end before {@code to}; {@code least} if there is none. */
  long lineStart(long to, long least) throws IOException {
    for (long i = to; i > least; i--) {
      if (at(i - 1) == '\n') {
        return i;
      }
    }
    return least;
  }

  /** The position after the last non-zero byte before {@code to}; at least {@code least}. */
  long endOfData(long to, long least) throws IOException {
    for (long i = to; i > least; i--) {
      if (at(i - 1) != 0) {
        return i;
      }
    }
    return least;
  }
}
