package io.sessionbridge.tcp;

import io.sessionbridge.clock.Clock;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** The end of the time for something that has several steps. Immutable. */
public final class Deadline {

  private final Clock clock;
  private final long end;

  public Deadline(Clock clock, Duration time) {
    this.clock = clock;
    this.end = clock.nanoTime() + time.toNanos();
  }

  /** Not negative. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, end - clock.nanoTime()));
  }

  /**
   * As sockets want it, where 0 would mean for ever.
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

  /** The earlier end of this and of so much time from now. */
  public Deadline atMost(Duration time) {
    return time.compareTo(left()) < 0 ? new Deadline(clock, time) : this;
  }
}
