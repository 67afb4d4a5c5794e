package io.sessionbridge.sink.command.events;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Events that waited too long to run anything, as far as they came lately. Any thread. */
final class LateEvents {

  /** So long one is trouble. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private final Clock clock;
  private Instant begun = Instant.MIN;
  private long count;
  private long lastAt;
  private Duration lastAge = Duration.ZERO;

  LateEvents(Clock clock) {
    this.clock = clock;
  }

  private boolean isOver() {
    return count == 0 || clock.nanoTime() - lastAt >= KEPT.toNanos();
  }

  /** What was recorded before waited for the agent and not for a command: it is no trouble. */
  synchronized void begin(Instant now) {
    begun = now;
  }

  /** An event of this time came with this age. */
  synchronized void add(Instant time, Duration age) {
    if (time.isBefore(begun)) {
      return;
    }
    count = isOver() ? 1 : count + 1;
    lastAt = clock.nanoTime();
    lastAge = age;
  }

  /** A sentence for the health; empty if none came lately. */
  synchronized Optional<String> trouble() {
    if (isOver()) {
      return Optional.empty();
    }
    return Optional.of(
        (count == 1 ? "1 event was" : count + " events were")
            + " older than max_age and ran nothing, the last was "
            + lastAge.toSeconds()
            + " s old: a command that hangs keeps those behind it waiting, see timeout and"
            + " concurrency");
  }
}
