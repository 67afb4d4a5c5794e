package io.sessionbridge.source.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into lines, without ever holding a long one. The end of the stream may be a passing
 * one: what came before it is kept, and the next call goes on. One thread at a time.
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

  /** Reads a stream from its beginning, whose first bytes say how it is encoded. */
  LineReader(InputStream in) {
    this(in, null, 0, 0);
  }

  /**
   * Reads a stream that stands at the beginning of a line.
   *
   * @param encoding null if the first bytes of the stream say it
   * @param offset of that line in the file
   * @param number of the line before
   */
  LineReader(InputStream in, @Nullable TextEncoding encoding, long offset, long number) {
    this.in = in;
    this.encoding = encoding;
    this.offset = offset;
    this.number = number;
  }

  /** The next line that has its line end; null at the end of what is there. */
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

  /** Keeps what is left, which is less than a byte order mark or half a unit. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    filled -= next;
    next = 0;
    int count = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, count);
    return count > 0;
  }

  /** What stands at the end without a line end; null if nothing does. */
  @Nullable Line readRest() {
    append(filled - next);
    TextEncoding known = encoding == null ? TextEncoding.UTF_8 : encoding;
    encoding = known;
    return length == 0 ? null : take(known);
  }

  /** True if another line may be read without waiting for the stream. */
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
