package io.sessionbridge.sink.file;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;

/**
 * The end of a file before an append, and the repair that it needs.
 *
 * <p>A crash leaves an incomplete event without a line end. A power cut leaves arbitrary sectors of
 * the last batch, with zeros in place of the others. Only an incomplete event and zeros at the very
 * end are cut: everything before them may have been delivered, or belongs to another program.
 *
 * @param keep how many bytes stay
 * @param lacksLineEnd whether a line end must be written after them
 * @param fragment how many bytes of an incomplete event are cut
 * @param zeros how many zero bytes are cut
 */
record FileEnd(long keep, boolean lacksLineEnd, long fragment, long zeros) {

  /** The largest event has 1 MiB in the journal; a format adds less than 64 KiB. */
  static final long LONGEST_LINE = (1L << 20) + (64L << 10);

  /** The bytes that a power cut may have damaged: one batch, at most 16 MiB and one event. */
  private static final long UNFORCED = (16L << 20) + LONGEST_LINE;

  private static final int SECTOR = 512;

  /**
   * Examines a file without changing it.
   *
   * @throws NotOwnFileException if it is not a file of this sink
   */
  static FileEnd of(StorageFile file, OwnLines own) throws IOException {
    FileBytes bytes = new FileBytes(file);
    long size = bytes.size();
    long least = Math.max(0, size - UNFORCED);
    long data = bytes.endOfData(size, least);
    if (data == least && least > 0) {
      throw new NotOwnFileException("its last " + UNFORCED + " bytes are zeros");
    }
    long zeros = size - data;
    long lines = bytes.lineStart(data, least);
    if (lines == least && least > 0) {
      throw new NotOwnFileException("no line end in its last " + UNFORCED + " bytes");
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
      throw new NotOwnFileException("its last " + fragment + " bytes have no line end");
    }
    if (!own.areKnown() && lines > 0) {
      return new FileEnd(data, true, 0, zeros); // it may be a whole line, so it stays
    }
    boolean begins = lines > 0 ? own.mayBegin(bytes, lines, data) : own.begin(bytes, lines, data);
    if (!begins) {
      throw new NotOwnFileException(
          "its last " + fragment + " bytes have no line end and are not an event");
    }
    return OwnLines.isWhole(bytes.copy(lines, data))
        ? new FileEnd(data, true, 0, zeros)
        : new FileEnd(lines, false, fragment, zeros);
  }

  /** The last line without damage must be one of this sink. */
  private static void requireOwn(FileBytes bytes, long lines, OwnLines own) throws IOException {
    if (!own.areKnown()) {
      return;
    }
    long least = Math.max(0, lines - UNFORCED);
    for (long stop = lines; stop > least; ) {
      long start = bytes.lineStart(stop - 1, least);
      if (!bytes.hasZero(start, stop)) {
        if (!own.begin(bytes, start, stop - 1)) {
          throw new NotOwnFileException("its last line is not an event");
        }
        return;
      }
      stop = start;
    }
    requireBlankSectors(bytes, lines);
  }

  /** A new file whose first batch is incomplete: a blank first sector, and text elsewhere. */
  private static void requireBlankSectors(FileBytes bytes, long data) throws IOException {
    boolean blank = data > SECTOR && data <= UNFORCED;
    for (long i = 0; blank && i < data; i++) {
      byte one = bytes.at(i);
      boolean isText = one >= ' ' || one == '\n' || one < 0;
      blank = i < SECTOR ? one == 0 : one == 0 || isText;
    }
    if (!blank) {
      throw new NotOwnFileException("it is binary");
    }
  }

  boolean isWhole() {
    return !lacksLineEnd && fragment == 0 && zeros == 0;
  }
}
