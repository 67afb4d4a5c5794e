package io.sessionbridge.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: exponential with full jitter, so that a fleet that lost the
 * same broker does not come back in step. Not safe for use by several threads.
 */
final class Backoff {

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int DOUBLINGS = 7; // 0.5 s * 2^7 = 64 s

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait after one more failure: evenly between nothing and a bound that doubles. */
  Duration next() {
    long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
    failures++;
    return Duration.ofMillis(random.nextLong(bound + 1));
  }

  /** Something was settled: the peer is back. */
  void reset() {
    failures = 0;
  }

  int failures() {
    return failures;
  }
}
