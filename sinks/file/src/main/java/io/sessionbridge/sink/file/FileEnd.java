package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;

/**
 * How a file ends that is about to be appended to, and what has to happen to it first.
 *
 * <p>A crash leaves the beginning of an event without its line end. A power cut leaves any sectors
 * of the last batch, with zeros in place of the others. Only the unfinished event and zeros at the
 * very end are cut: everything before was perhaps delivered, or belongs to somebody else.
 *
 * @param keep how many bytes stay
 * @param lacksLineEnd whether a line end has to be written behind them
 * @param fragment bytes of an unfinished event that are cut
 * @param zeros bytes of a blank end that are cut
 */
record FileEnd(long keep, boolean lacksLineEnd, long fragment, long zeros) {

  /** The largest event is 1 MiB in the journal; a format adds less than this to it. */
  static final long LONGEST_LINE = (1L << 20) + (64L << 10);

  /** What may be in any state after a power cut: one batch, of 16 MiB and one event at most. */
  private static final long UNFORCED = (16L << 20) + LONGEST_LINE;

  private static final int SECTOR = 512;

  /**
   * Looks at a file; changes nothing.
   *
   * @throws HoldsSomethingElseException if it is not a file of this sink
   */
  static FileEnd of(StorageFile file, OwnLines own) throws IOException {
    FileBytes bytes = new FileBytes(file);
    long size = bytes.size();
    long least = Math.max(0, size - UNFORCED);
    long data = bytes.endOfData(size, least);
    if (data == least && least > 0) {
      throw new HoldsSomethingElseException("its last " + UNFORCED + " bytes are zeros");
    }
    long zeros = size - data;
    long lines = bytes.lineStart(data, least);
    if (lines == least && least > 0) {
      throw new HoldsSomethingElseException("no line end in its last " + UNFORCED + " bytes");
    }
    if (lines > 0) {
      requireOwn(bytes, lines, own);
    }
    return end(bytes, lines, data, zeros, own);
  }

  private static FileEnd end(FileBytes bytes, long lines, long data, long zeros, OwnLines own)
      throws IOException {
    long fragment = data - lines;
    if (fragment == 0) {
      return new FileEnd(lines, false, 0, zeros);
    }
    if (bytes.hasZero(lines, data)) {
      if (lines == 0) {
        requireBlankSectors(bytes, data);
      }
      return new FileEnd(data, true, 0, zeros);
    }
    if (fragment >= LONGEST_LINE) {
      throw new HoldsSomethingElseException("its last " + fragment + " bytes have no line end");
    }
    if (!own.areKnown() && lines > 0) {
      return new FileEnd(data, true, 0, zeros); // what it is cannot be proven, so it stays
    }
    boolean begins = lines > 0 ? own.mayBegin(bytes, lines, data) : own.begin(bytes, lines, data);
    if (!begins) {
      throw new HoldsSomethingElseException(
          "its last " + fragment + " bytes have no line end and are not an event");
    }
    return OwnLines.isWhole(bytes.copy(lines, data))
        ? new FileEnd(data, true, 0, zeros)
        : new FileEnd(lines, false, fragment, zeros);
  }

  /** The last line that a power cut has not damaged must be one of this sink. */
  private static void requireOwn(FileBytes bytes, long lines, OwnLines own) throws IOException {
    if (!own.areKnown()) {
      return;
    }
    long least = Math.max(0, lines - UNFORCED);
    for (long stop = lines; stop > least; ) {
      long start = bytes.lineStart(stop - 1, least);
      if (!bytes.hasZero(start, stop)) {
        if (!own.begin(bytes, start, stop - 1)) {
          throw new HoldsSomethingElseException("its last line is not an event");
        }
        return;
      }
      stop = start;
    }
    requireBlankSectors(bytes, lines);
  }

  /** A new file whose first batch was torn: blank from its first sector on, and text elsewhere. */
  private static void requireBlankSectors(FileBytes bytes, long data) throws IOException {
    boolean blank = data > SECTOR && data <= UNFORCED;
    for (long i = 0; blank && i < data; i++) {
      byte one = bytes.at(i);
      boolean isText = one >= ' ' || one == '\n' || one < 0;
      blank = i < SECTOR ? one == 0 : one == 0 || isText;
    }
    if (!blank) {
      throw new HoldsSomethingElseException("it is binary");
    }
  }

  boolean isWhole() {
    return !lacksLineEnd && fragment == 0 && zeros == 0;
  }
}
