package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.util.Arrays;

/**
 * What a failed write may have left in a file. It is cut before the lines are written again, so
 * that they do not stand there twice.
 *
 * @param identity of the file
 * @param end where the settled lines end
 * @param lines what was written behind them, in part or in whole
 */
record Unsettled(Object identity, long end, byte[] lines) {

  /** Whether the file has nothing behind its settled lines but a beginning of these. */
  boolean isIn(Object other, StorageFile file) throws IOException {
    long more = file.size() - end;
    if (!identity.equals(other) || more < 0 || more > lines.length) {
      return false;
    }
    byte[] written = new FileBytes(file).copy(end, end + more);
    return Arrays.equals(written, 0, written.length, lines, 0, written.length);
  }
}
