package io.sessionbridge.source.replay;

import io.sessionbridge.event.EventFormatException;
import org.jspecify.annotations.Nullable;

/**
 * A line of a file or a stream.
 *
 * @param number from 1
 * @param bytes without the line end; empty if it was too long
 * @param encoding of the bytes
 * @param length in bytes
 * @param end offset of the next line
 * @param position stored once the line is durable; null if the input has no positions
 */
record Line(
    long number,
    byte[] bytes,
    TextEncoding encoding,
    long length,
    long end,
    @Nullable ReplayPosition position) {

  /** The maximum length of a line in memory; an event has some hundred bytes. */
  static final int LONGEST = 256 << 10;

  boolean isTooLong() {
    return length > LONGEST;
  }

  boolean isBlank() {
    return !isTooLong() && encoding.isBlank(bytes);
  }

  /**
   * The text of the line.
   *
   * @throws EventFormatException if it is too long or not valid text
   */
  String text() throws EventFormatException {
    if (isTooLong()) {
      throw new EventFormatException(
          "the line has " + length + " bytes, an event may have " + LONGEST);
    }
    return encoding.decode(bytes);
  }

  /** The same line with a different position. */
  Line at(ReplayPosition newPosition) {
    return new Line(number, bytes, encoding, length, end, newPosition);
  }
}
