package io.sessionbridge.sink.command.events;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts recent events that were too old to run anything. Any thread. */
final class LateEvents {

  /** How long a late event degrades the health. */
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

  /** Ignores events from before this time: they waited for the agent and not for a command. */
  synchronized void begin(Instant now) {
    begun = now;
  }

  /** Counts an event with this time and age. */
  synchronized void add(Instant time, Duration age) {
    if (time.isBefore(begun)) {
      return;
    }
    count = isOver() ? 1 : count + 1;
    lastAt = clock.nanoTime();
    lastAge = age;
  }

  /** A sentence for the health; empty if no event was late recently. */
  synchronized Optional<String> warning() {
    if (isOver()) {
      return Optional.empty();
    }
    return Optional.of(
        (count == 1 ? "1 event was" : count + " events were")
            + " older than max_age and ran nothing, the last was "
            + lastAge.toSeconds()
            + " s old: a command that hangs delays the events after it, see timeout and"
            + " concurrency");
  }
}
