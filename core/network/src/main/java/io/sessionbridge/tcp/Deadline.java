package io.sessionbridge.tcp;

import io.sessionbridge.clock.Clock;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time limit of an operation with several steps. Immutable. */
public final class Deadline {

  private final Clock clock;
  private final long end;

  public Deadline(Clock clock, Duration time) {
    this.clock = clock;
    this.end = clock.nanoTime() + time.toNanos();
  }

  /** The remaining time, never negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - clock.nanoTime()));
  }

  /**
   * The remaining time as a socket timeout, which must not be 0: that would mean no timeout.
   *
   * @throws SocketTimeoutException if less than a millisecond is left
   */
  public int leftMillis() throws SocketTimeoutException {
    long millis = left().toMillis();
    if (millis == 0) {
      throw new SocketTimeoutException("no time left");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** The earlier of this deadline and one that ends after this time from now. */
  public Deadline atMost(Duration time) {
    return time.compareTo(left()) < 0 ? new Deadline(clock, time) : this;
  }
}
