package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages written last, which may be lost with the connection: TCP does not report what the
 * receiver has read. Bounded in bytes and age. For use by one thread.
 *
 * <p>The messages are copied into a ring buffer. Separate arrays would survive several young
 * collections and end up in the old generation.
 */
final class ReplayWindow {

  private static final int FIRST_SIZE = 64 << 10;

  private final int mostBytes;
  private final long mostNanos;
  private final Clock clock;
  private final Deque<Written> written = new ArrayDeque<>();
  private byte[] ring;

  /** The start of the oldest message in the ring; the others follow without gaps. */
  private int start;

  private int bytes;

  private record Written(int length, long at) {}

  ReplayWindow(long mostBytes, Duration mostAge, Clock clock) {
    this.mostBytes = Math.toIntExact(mostBytes);
    this.mostNanos = mostAge.toNanos();
    this.clock = clock;
    this.ring = new byte[Math.min(this.mostBytes, FIRST_SIZE)];
  }

  /** Adds messages that were written just now. */
  void add(List<byte[]> messages) {
    long now = clock.nanoTime();
    for (byte[] message : messages) {
      trim(mostBytes - message.length, now);
      if (message.length <= mostBytes) {
        put(message);
        written.addLast(new Written(message.length, now));
      }
    }
  }

  /** Receives one message. */
  interface Reader {
    void accept(byte[] message) throws IOException;
  }

  /**
   * Passes the messages to a reader, the oldest first, one at a time: together they would be as
   * large as the window.
   *
   * @return how many
   */
  int show(Reader reader) throws IOException {
    trim(mostBytes, clock.nanoTime());
    int from = start;
    for (Written one : written) {
      reader.accept(copy(from, one.length()));
      from = place(from + one.length());
    }
    return written.size();
  }

  /** Empties the window, because everything arrived. */
  void clear() {
    written.clear();
    bytes = 0;
  }

  private void trim(int most, long now) {
    @Nullable Written oldest = written.peekFirst();
    while (oldest != null && (bytes > most || now - oldest.at() > mostNanos)) {
      written.removeFirst();
      start = place(start + oldest.length());
      bytes -= oldest.length();
      oldest = written.peekFirst();
    }
  }

  private void put(byte[] message) {
    if (bytes + message.length > ring.length) {
      grow(bytes + message.length);
    }
    int at = place(start + bytes);
    int first = Math.min(message.length, ring.length - at);
    System.arraycopy(message, 0, ring, at, first);
    System.arraycopy(message, first, ring, 0, message.length - first);
    bytes += message.length;
  }

  private void grow(int needed) {
    byte[] larger = new byte[(int) Math.min(mostBytes, Math.max(needed, 2L * ring.length))];
    copy(start, bytes, larger);
    ring = larger;
    start = 0;
  }

  private byte[] copy(int from, int length) {
    byte[] copy = new byte[length];
    copy(from, length, copy);
    return copy;
  }

  private void copy(int from, int length, byte[] to) {
    int first = Math.min(length, ring.length - from);
    System.arraycopy(ring, from, to, 0, first);
    System.arraycopy(ring, 0, to, first, length - first);
  }

  /** Wraps a position around the end of the ring. */
  private int place(int at) {
    return at < ring.length ? at : at - ring.length;
  }
}
