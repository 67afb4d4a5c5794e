package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that sources wait for room, at most every ten minutes: each of them finds the
 * journal full again and again. Any thread.
 */
final class FullNotice {

  private static final Logger LOG = LoggerFactory.getLogger(FullNotice.class);
  private static final long EVERY = Duration.ofMinutes(10).toNanos();

  private final Clock clock;
  private final long maxBytes;
  private @Nullable Long toldAt;

  FullNotice(Clock clock, long maxBytes) {
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  synchronized void tell() {
    long now = clock.nanoTime();
    if (toldAt == null || now - toldAt >= EVERY) {
      toldAt = now;
      LOG.warn(
          "the journal is full (max_bytes, {} MiB): sources wait until the slowest sink has sent"
              + " more",
          maxBytes >> 20);
    }
  }
}
