package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Finds where the whole lines of a file end. What a power cut leaves of an unforced write is some
 * of its sectors, with zeros in place of the others; no line has a zero byte in it.
 */
final class LineEnd {

  private static final int WINDOW = 64 << 10;

  /** Behind the last force stands one batch at most, of 2 MiB and one event, in any state. */
  private static final long UNFORCED = 16L << 20;

  private LineEnd() {}

  static long of(StorageFile file) throws IOException {
    long size = file.size();
    long sound = firstZero(file, Math.max(0, size - UNFORCED), size);
    return lastLineEnd(file, sound);
  }

  private static long firstZero(StorageFile file, long from, long to) throws IOException {
    for (long start = from; start < to; start += WINDOW) {
      ByteBuffer window = window(file, start, to);
      for (int i = 0; i < window.limit(); i++) {
        if (window.get(i) == 0) {
          return start + i;
        }
      }
    }
    return to;
  }

  private static long lastLineEnd(StorageFile file, long to) throws IOException {
    for (long stop = to; stop > 0; stop -= Math.min(stop, WINDOW)) {
      long start = Math.max(0, stop - WINDOW);
      ByteBuffer window = window(file, start, stop);
      for (int i = window.limit() - 1; i >= 0; i--) {
        if (window.get(i) == '\n') {
          return start + i + 1;
        }
      }
    }
    return 0;
  }

  private static ByteBuffer window(StorageFile file, long from, long to) throws IOException {
    ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW, to - from));
    file.read(window, from);
    return window.flip();
  }
}
