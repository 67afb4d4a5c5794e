package io.sessionbridge.source.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines, without buffering a long one. The end of the stream may be temporary:
 * an incomplete line is kept, and the next call continues. One thread at a time.
 */
final class LineReader {

  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
  private @Nullable TextEncoding encoding;
  private int next;
  private int filled;
  private long length;
  private long offset;
  private long number;

  /** Reads a stream from its start, where the first bytes determine the encoding. */
  LineReader(InputStream in) {
    this(in, null, 0, 0);
  }

  /**
   * Reads a stream from the start of a line.
   *
   * @param encoding null if the first bytes of the stream determine it
   * @param offset of that line in the file
   * @param number the number of the previous line
   */
  LineReader(InputStream in, @Nullable TextEncoding encoding, long offset, long number) {
    this.in = in;
    this.encoding = encoding;
    this.offset = offset;
    this.number = number;
  }

  /** The next complete line; null at the current end of the stream. */
  @Nullable Line read() throws IOException {
    while (true) {
      TextEncoding known = knownEncoding();
      if (known != null) {
        int usable = filled - (filled - next) % known.unit();
        int end = known.lineEnd(buffer, next, usable);
        append((end < 0 ? usable : end) - next);
        if (end >= 0) {
          next += known.unit();
          offset += known.unit();
          return take(known);
        }
      }
      if (!fill()) {
        return null;
      }
    }
  }

  private @Nullable TextEncoding knownEncoding() {
    if (encoding == null) {
      encoding = TextEncoding.detect(buffer, next, filled);
    }
    return encoding;
  }

  /** Reads more bytes; keeps the rest, less than a byte order mark or one code unit. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    filled -= next;
    next = 0;
    int count = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, count);
    return count > 0;
  }

  /** The incomplete last line; null if there is none. */
  @Nullable Line readRest() {
    append(filled - next);
    TextEncoding known = encoding == null ? TextEncoding.UTF_8 : encoding;
    encoding = known;
    return length == 0 ? null : take(known);
  }

  /** Whether another line may be read without blocking. */
  boolean hasMoreAtHand() throws IOException {
    return next < filled || in.available() > 0;
  }

  private void append(int count) {
    long room = Math.max(0, Line.LONGEST - length);
    line.write(buffer, next, (int) Math.min(room, count));
    length += count;
    offset += count;
    next += count;
  }

  private Line take(TextEncoding known) {
    number++;
    byte[] bytes = length > Line.LONGEST ? new byte[0] : line.toByteArray();
    Line result = new Line(number, known.trimmed(bytes, number == 1), known, length, offset, null);
    line.reset();
    length = 0;
    return result;
  }
}
