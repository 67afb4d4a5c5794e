package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits between attempts and publishes the remaining time. One thread waits; any thread may read.
 *
 * <p>New events raise the same signal; they do not end a wait.
 */
final class RetryWait {

  /** No bound other than the back-off. */
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
   * @param longest upper bound of the wait
   * @param cancelled checked at each signal; true ends the wait
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

  /** Records a success. */
  void reset() {
    backoff.reset();
    failures = 0;
  }

  /** Failures since the last success. */
  int failures() {
    return failures;
  }

  /** The remaining time of the current wait; zero if there is none. */
  Duration left() {
    Long end = until;
    return end == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, end - clock.nanoTime()));
  }
}
