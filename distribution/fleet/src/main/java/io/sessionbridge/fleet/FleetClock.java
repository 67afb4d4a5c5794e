package io.sessionbridge.fleet;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The wall clock of the fleet, which stands until {@link #go}, then runs faster, and stops at the
 * end: a broker refuses records whose time is far in the future. Waits are real: back-off,
 * time-outs and everything else that an agent measures take as long as on a real host.
 */
final class FleetClock implements Clock {

  private final Instant midnight;
  private final Duration begin;
  private final Duration end;
  private final double factor;
  private volatile long startedAt;
  private volatile boolean runs;

  FleetClock(Instant midnight, Duration begin, Duration end, double factor) {
    this.midnight = midnight;
    this.begin = begin;
    this.end = end;
    this.factor = factor;
  }

  void go() {
    startedAt = System.nanoTime();
    runs = true;
  }

  /** The time of day. */
  Duration sinceMidnight() {
    if (!runs) {
      return begin;
    }
    Duration now = begin.plusNanos((long) ((System.nanoTime() - startedAt) * factor));
    return now.compareTo(end) < 0 ? now : end;
  }

  /** How long really until that time of day; never for ever, even before the clock runs. */
  Duration until(Duration time) {
    double left = time.minus(sinceMidnight()).toNanos() / factor;
    return Duration.ofNanos((long) Math.max(0, left));
  }

  @Override
  public Instant now() {
    return midnight.plus(sinceMidnight()).truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public long nanoTime() {
    return Clock.system().nanoTime();
  }

  @Override
  public Signal signal() {
    return Clock.system().signal();
  }
}
