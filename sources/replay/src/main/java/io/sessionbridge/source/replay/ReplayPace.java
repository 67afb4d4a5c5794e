package io.sessionbridge.source.replay;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Spreads recorded events over time. One thread. */
final class ReplayPace {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final Optional<Double> speed;
  private final Clock clock;
  private @Nullable Instant firstTime;
  private long firstNanos;

  ReplayPace(Optional<Double> speed, Clock clock) {
    this.speed = speed;
    this.clock = clock;
  }

  /** How long to wait before the next check whether an event of that time is due; zero if it is. */
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
    Duration recorded = Duration.between(first, time);
    double due = recorded.getSeconds() * NANOS_PER_SECOND + recorded.getNano();
    double left = Math.ceil(due / speed.get()) - (double) (clock.nanoTime() - firstNanos);
    return Duration.ofNanos((long) Math.min((double) LONGEST_WAIT.toNanos(), Math.max(0, left)));
  }
}
