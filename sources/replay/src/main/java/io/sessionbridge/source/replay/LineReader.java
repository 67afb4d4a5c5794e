package io.sessionbridge.source.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines, without ever holding a long one. The end of the stream may be a passing
 * one: what came before it is kept, and the next call goes on. One thread.
 */
final class LineReader {

  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private int next;
  private int filled;
  private long length;
  private long offset;
  private long number;

  /**
   * Reads from a stream that stands at the beginning of a line.
   *
   * @param offset of that line in the file
   * @param number of the line before
   */
  LineReader(InputStream in, long offset, long number) {
    this.in = in;
    this.offset = offset;
    this.number = number;
  }

  /** The next line that has its line end; null at the end of what is there. */
  @Nullable Line read() throws IOException {
    while (true) {
      int end = next;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      append(end - next);
      next = end;
      if (end < filled) {
        next++;
        offset++;
        return take(true);
      }
      next = 0;
      filled = Math.max(0, in.read(buffer));
      if (filled == 0) {
        return null;
      }
    }
  }

  /** What stands at the end without a line end; null if nothing does. */
  @Nullable Line readRest() {
    return length == 0 ? null : take(false);
  }

  /** True if another line may be read without waiting for the stream. */
  boolean hasMoreAtHand() throws IOException {
    return next < filled || in.available() > 0;
  }

  /** How many bytes were read so far, from the beginning of the file. */
  long offset() {
    return offset;
  }

  private void append(int count) {
    long room = Math.max(0, Line.LONGEST - length);
    line.write(buffer, next, (int) Math.min(room, count));
    length += count;
    offset += count;
  }

  private Line take(boolean terminated) {
    number++;
    byte[] bytes = length > Line.LONGEST ? new byte[0] : line.toByteArray();
    Line result = new Line(number, trimmed(bytes), length, offset, terminated);
    line.reset();
    length = 0;
    return result;
  }

  /** Without a carriage return at the end, and without a byte order mark in the first line. */
  private byte[] trimmed(byte[] bytes) {
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\r') {
      end--;
    }
    boolean marked =
        number == 1
            && end >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return Arrays.copyOfRange(bytes, marked ? 3 : 0, end);
  }
}
