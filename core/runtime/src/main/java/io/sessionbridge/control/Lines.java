package io.sessionbridge.control;

import io.sessionbridge.spi.ControlConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Reads and writes lines on a connection, with limits on length and time. One thread. */
final class Lines {

  private static final int INITIAL_BYTES = 4 << 10;

  private final ControlConnection connection;
  private final int longest;
  private byte[] buffer = new byte[INITIAL_BYTES];
  private int length;
  private boolean ended;

  /**
   * The lines of a connection.
   *
   * @param longest the longest line accepted, in bytes, without its terminator
   */
  Lines(ControlConnection connection, int longest) {
    this.connection = connection;
    this.longest = longest;
  }

  /** Whether the peer has closed; data it sent before may still be buffered. */
  boolean isEnded() {
    return ended;
  }

  /**
   * The next line without its terminator; empty if none arrived in that time or the peer has
   * closed.
   *
   * @throws ControlException if the line is too long
   */
  Optional<byte[]> read(Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    int searched = 0;
    while (true) {
      for (; searched < length; searched++) {
        if (buffer[searched] == '\n') {
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

  /** Whether anything arrives within that time. */
  boolean begins(Duration atMost) throws IOException {
    return length > 0 || fill(atMost);
  }

  private byte[] take(int end) {
    byte[] line = Arrays.copyOf(buffer, end);
    length -= end + 1;
    System.arraycopy(buffer, end + 1, buffer, 0, length);
    return line;
  }

  /** False if nothing arrived. */
  private boolean fill(Duration atMost) throws IOException {
    if (length == buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer,
              Math.min(buffer.length * 2, Math.max(INITIAL_BYTES, longest) + INITIAL_BYTES));
    }
    int count = connection.read(ByteBuffer.wrap(buffer, length, buffer.length - length), atMost);
    if (count < 0) {
      ended = true;
    }
    length += Math.max(0, count);
    return count > 0;
  }

  void write(JsonLine line, Duration atMost) throws IOException {
    byte[] bytes = line.bytes();
    ByteBuffer whole = ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) '\n').flip();
    connection.write(whole, atMost);
  }
}
