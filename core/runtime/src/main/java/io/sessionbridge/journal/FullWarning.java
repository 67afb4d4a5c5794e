package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that sources wait for room, at most every ten minutes, because each source finds the journal
 * full repeatedly. Thread-safe.
 */
final class FullWarning {

  private static final Logger LOG = LoggerFactory.getLogger(FullWarning.class);
  private static final long INTERVAL = Duration.ofMinutes(10).toNanos();

  private final Clock clock;
  private final long maxBytes;
  private @Nullable Long loggedAt;

  FullWarning(Clock clock, long maxBytes) {
    this.clock = clock;
    this.maxBytes = maxBytes;
  }

  synchronized void log() {
    long now = clock.nanoTime();
    if (loggedAt == null || now - loggedAt >= INTERVAL) {
      loggedAt = now;
      LOG.warn(
          "the journal is full (max_bytes, {} MiB): sources wait until the slowest sink has"
              + " delivered more",
          maxBytes >> 20);
    }
  }
}
