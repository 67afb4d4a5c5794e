package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a file one by one, mostly backward, read 64 KiB at a time. One thread. */
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

  /** So that bytes before the position follow without another read. */
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

  /** Behind the last line end before {@code to}; {@code least} if none is found down to there. */
  long lineStart(long to, long least) throws IOException {
    for (long i = to; i > least; i--) {
      if (at(i - 1) == '\n') {
        return i;
      }
    }
    return least;
  }

  /** Behind the last byte before {@code to} that is not zero; at least {@code least}. */
  long endOfData(long to, long least) throws IOException {
    for (long i = to; i > least; i--) {
      if (at(i - 1) != 0) {
        return i;
      }
    }
    return least;
  }
}
