package io.sessionbridge.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * The time, and the only way to wait. All waiting goes through a {@link Signal} of the clock, so
 * that tests advance the time manually and never sleep.
 *
 * <p>Safe for use by several threads.
 */
public interface Clock {

  /** The wall clock, truncated to microseconds. It may jump in either direction. */
  Instant now();

  /** A monotonic time in nanoseconds; only differences are meaningful. */
  long nanoTime();

  /** A new signal whose waits are measured by this clock. */
  Signal signal();

  /** The clock of this machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /**
   * A signal that one thread waits for and any thread raises. It stays raised until the next wait,
   * which then returns at once; raising it twice counts as once.
   */
  interface Signal {

    /** Raises the signal. Never blocks. */
    void raise();

    /**
     * Waits until the signal is raised, and resets it.
     *
     * @param timeout how long at most; zero or less does not wait
     * @return true if it was raised, false after a timeout
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** Waits until the signal is raised, and resets it. */
    void await() throws InterruptedException;
  }
}
