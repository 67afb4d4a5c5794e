package io.sessionbridge.bridge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay before a source is started again: 1 to 2 s after the first failure, doubled after each
 * further one, at most 30 to 60 s. Not thread-safe.
 */
final class StartBackoff {

  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;
  private static final int DOUBLINGS = 5; // 1 s * 2^5 = 32 s

  private final RandomGenerator random;
  private int failures;

  StartBackoff(RandomGenerator random) {
    this.random = random;
  }

  /** The delay after one more failure. */
  Duration next() {
    long least = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
    failures++;
    return Duration.ofMillis(least + random.nextLong(least + 1));
  }

  /** The source started. */
  void reset() {
    failures = 0;
  }
}
