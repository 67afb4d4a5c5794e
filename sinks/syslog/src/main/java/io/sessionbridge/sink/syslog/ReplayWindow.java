package io.sessionbridge.sink.syslog;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was written last, and may have been lost with the connection: TCP does not say what the
 * receiver has read. Bounded in bytes and in age. One thread.
 */
final class ReplayWindow {

  private final long mostBytes;
  private final long mostNanos;
  private final Clock clock;
  private final Deque<Written> written = new ArrayDeque<>();
  private long bytes;

  private record Written(byte[] message, long at) {}

  ReplayWindow(long mostBytes, Duration mostAge, Clock clock) {
    this.mostBytes = mostBytes;
    this.mostNanos = mostAge.toNanos();
    this.clock = clock;
  }

  void add(byte[] message) {
    written.addLast(new Written(message, clock.nanoTime()));
    bytes += message.length;
    trim();
  }

  /** The messages, the oldest first. */
  List<byte[]> messages() {
    trim();
    return written.stream().map(Written::message).toList();
  }

  /** Everything arrived. */
  void clear() {
    written.clear();
    bytes = 0;
  }

  private void trim() {
    long now = clock.nanoTime();
    @Nullable Written oldest = written.peekFirst();
    while (oldest != null && (bytes > mostBytes || now - oldest.at() > mostNanos)) {
      written.removeFirst();
      bytes -= oldest.message().length;
      oldest = written.peekFirst();
    }
  }
}
