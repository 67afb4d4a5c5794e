package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Spreads recorded events over time. One thread. */
final class ReplayPace {

  private final Optional<Double> speed;
  private final Clock clock;
  private @Nullable Instant firstTime;
  private long firstNanos;

  ReplayPace(Optional<Double> speed, Clock clock) {
    this.speed = speed;
    this.clock = clock;
  }

  /** How long to wait before an event of that time; zero if it is due. */
  Duration before(Instant time) {
    if (speed.isEmpty()) {
      return Duration.ZERO;
    }
    Instant first = firstTime;
    if (first == null) {
      firstTime = time;
      firstNanos = clock.nanoTime();
      return Duration.ZERO;
    }
    double recorded = Duration.between(first, time).toNanos();
    long due = firstNanos + (long) (recorded / speed.get());
    return Duration.ofNanos(Math.max(0, due - clock.nanoTime()));
  }
}
