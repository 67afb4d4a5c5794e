package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;

/**
 * What a failed write may have left in a file. It is cut before the lines are written again, so
 * that they are not in the file twice.
 *
 * @param end the end of the settled lines
 * @param lines the lines written after them, in part or in whole
 */
record Unsettled(long end, byte[] lines) {

  /** Whether the file ends with a prefix of these lines, right after the settled lines. */
  boolean isIn(StorageFile file) throws IOException {
    long more = file.size() - end;
    if (more <= 0 || more > lines.length) {
      return false;
    }
    FileBytes written = new FileBytes(file);
    for (int i = (int) more - 1; i >= 0; i--) {
      if (written.at(end + i) != lines[i]) {
        return false;
      }
    }
    return end == 0 || written.at(end - 1) == '\n';
  }
}
