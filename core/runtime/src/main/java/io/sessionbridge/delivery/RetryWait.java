package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The waits between attempts, for others to see. One thread waits; any may look.
 *
 * <p>The bell also rings for new events, which end no wait.
 */
final class RetryWait {

  /** The back-off alone bounds the wait. */
  static final Duration NO_BOUND = Duration.ofDays(1);

  private final Backoff backoff;
  private final Clock clock;
  private final Clock.Signal signal;
  private volatile int failures;
  private volatile @Nullable Long until;

  RetryWait(Backoff backoff, Clock clock, Clock.Signal signal) {
    this.backoff = backoff;
    this.clock = clock;
    this.signal = signal;
  }

  /**
   * Waits after one more failure.
   *
   * @param longest bounds the wait
   * @param cancelled asked whenever the bell rings; true ends the wait
   */
  void afterFailure(Duration longest, BooleanSupplier cancelled) throws InterruptedException {
    long wait = Math.min(backoff.next().toNanos(), longest.toNanos());
    failures = backoff.failures();
    long end = clock.nanoTime() + wait;
    until = end;
    try {
      for (long left = wait; left > 0 && !cancelled.getAsBoolean(); left = end - clock.nanoTime()) {
        signal.await(Duration.ofNanos(left));
      }
    } finally {
      until = null;
    }
  }

  /** Something worked. */
  void reset() {
    backoff.reset();
    failures = 0;
  }

  /** Failures since something worked. */
  int failures() {
    return failures;
  }

  /** The rest of the present wait; zero if there is none. */
  Duration left() {
    Long end = until;
    return end == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - clock.nanoTime()));
  }
}
