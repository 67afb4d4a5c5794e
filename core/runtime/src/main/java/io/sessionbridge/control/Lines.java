package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads and writes lines over a connection, within limits of length and time. One thread. */
final class Lines {

  private static final int BUFFER = 4 << 10;

  private final ControlConnection connection;
  private final int longest;
  private byte[] held = new byte[BUFFER];
  private int length;
  private boolean ended;

  /**
   * Lines of a connection.
   *
   * @param longest line that is read, in bytes, without its end
   */
  Lines(ControlConnection connection, int longest) {
    this.connection = connection;
    this.longest = longest;
  }

  /** The other side has closed; what it sent before may still be here. */
  boolean isEnded() {
    return ended;
  }

  /**
   * The next line without its end; empty if none came in that time or the other side has closed.
   *
   * @throws ControlException if the line is too long
   */
  Optional<byte[]> read(Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    int searched = 0;
    while (true) {
      for (; searched < length; searched++) {
        if (held[searched] == '\n') {
          return Optional.of(take(searched));
        }
      }
      if (length > longest) {
        throw new ControlException("a line must not be longer than " + longest + " bytes");
      }
      long left = end - System.nanoTime();
      if (ended || left < 0 && atMost.toNanos() > 0 || !fill(Duration.ofNanos(Math.max(0, left)))) {
        return Optional.empty();
      }
    }
  }

  /** Whether anything is there to read within that time. */
  boolean begins(Duration atMost) throws IOException {
    return length > 0 || fill(atMost);
  }

  private byte[] take(int end) {
    byte[] line = Arrays.copyOf(held, end);
    length -= end + 1;
    System.arraycopy(held, end + 1, held, 0, length);
    return line;
  }

  /** False if nothing came. */
  private boolean fill(Duration atMost) throws IOException {
    if (length == held.length) {
      held = Arrays.copyOf(held, Math.min(held.length * 2, Math.max(BUFFER, longest) + BUFFER));
    }
    int count = connection.read(ByteBuffer.wrap(held, length, held.length - length), atMost);
    if (count < 0) {
      ended = true;
    }
    length += Math.max(0, count);
    return count > 0;
  }

  /** Writes a line. */
  void write(JsonLine line, Duration atMost) throws IOException {
    byte[] bytes = line.bytes();
    ByteBuffer whole = ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) '\n').flip();
    connection.write(whole, atMost);
  }
}
