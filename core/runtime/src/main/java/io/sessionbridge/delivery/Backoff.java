package io.sessionbridge.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The delay before the next attempt: exponential with full jitter, so that a fleet that lost its
 * broker does not reconnect all at once. Not thread-safe.
 */
public final class Backoff {

  private static final long FIRST_MILLIS = 500;
  private static final long LONGEST_MILLIS = 60_000;
  private static final int DOUBLINGS = 7; // 0.5 s * 2^7 = 64 s

  private final RandomGenerator random;
  private int failures;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The delay after one more failure: uniformly random between 0 and a bound that doubles. */
  public Duration next() {
    long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, DOUBLINGS));
    failures++;
    return Duration.ofMillis(random.nextLong(bound + 1));
  }

  /** Starts over after a success. */
  public void reset() {
    failures = 0;
  }

  int failures() {
    return failures;
  }
}
