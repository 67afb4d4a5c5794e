package io.sessionbridge.clock;

import java.time.Duration;
import java.time.Instant;

/**
 * The time, and the only way to wait for it. Everything that waits does so through a {@link Signal}
 * of its clock, so that a test moves time forward by hand and never sleeps.
 *
 * <p>Safe for use by several threads.
 */
public interface Clock {

  /** The wall clock, cut to microseconds. It may jump, in either direction. */
  Instant now();

  /** Nanoseconds of a clock that never jumps; only differences mean anything. */
  long nanoTime();

  /** A new signal whose waits are measured by this clock. */
  Signal signal();

  /** The clock of this machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }

  /**
   * A bell that one thread waits for and any thread rings. It remembers one ring: a ring before the
   * wait ends the next wait at once, and two rings before it count as one.
   */
  interface Signal {

    /** Rings the bell. Never blocks. */
    void raise();

    /**
     * Waits until the bell was rung or the time is over.
     *
     * @param timeout how long at most; zero or less does not wait
     * @return true if it was rung (which is then forgotten), false if the time was over first
     */
    boolean await(Duration timeout) throws InterruptedException;

    /** Waits until the bell was rung. */
    void await() throws InterruptedException;
  }
}
