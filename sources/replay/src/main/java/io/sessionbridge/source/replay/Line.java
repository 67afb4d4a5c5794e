package io.sessionbridge.source.replay;

/**
 * A line of a file.
 *
 * @param number from 1
 * @param bytes without the line end; empty if it was too long
 * @param length in bytes
 * @param end where the next line begins
 * @param terminated false for a last line without a line end
 */
record Line(long number, byte[] bytes, long length, long end, boolean terminated) {

  /** The longest line that is held in memory; an event has some hundred bytes. */
  static final int LONGEST = 256 << 10;

  boolean isTooLong() {
    return length > LONGEST;
  }

  boolean isBlank() {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return !isTooLong();
  }
}
