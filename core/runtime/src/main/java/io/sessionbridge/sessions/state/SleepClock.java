package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;

/**
 * The sleep time of a host since it started, by its uptime, which advances during sleep. Immutable.
 *
 * @param total milliseconds of all completed sleeps
 * @param asleepFrom the uptime at which it went to sleep; {@link #AWAKE} if it is awake
 * @param lastFrom where the last completed sleep began
 * @param lastTo where that sleep ended
 */
public record SleepClock(long total, long asleepFrom, long lastFrom, long lastTo) {

  public static final long AWAKE = -1;
  public static final SleepClock NEVER_ASLEEP = new SleepClock(0, AWAKE, 0, 0);

  public SleepClock suspended(long uptime) {
    return asleepFrom == AWAKE ? new SleepClock(total, uptime, lastFrom, lastTo) : this;
  }

  /** Ends a sleep. A resume without a suspend does not show the length of the sleep. */
  public SleepClock resumed(long uptime) {
    if (asleepFrom == AWAKE) {
      return this;
    }
    long end = Math.max(asleepFrom, uptime);
    return new SleepClock(total + end - asleepFrom, AWAKE, asleepFrom, end);
  }

  /** Ends a sleep at an unknown time; it is not counted. */
  public SleepClock forgotten() {
    return new SleepClock(total, AWAKE, lastFrom, lastTo);
  }

  public boolean isAsleep() {
    return asleepFrom != AWAKE;
  }

  /**
   * Milliseconds of sleep up to an uptime. Exact for every uptime since the end of the second to
   * last sleep, which is longer ago than any late report.
   */
  public long asleepBy(long uptime) {
    if (asleepFrom != AWAKE && uptime > asleepFrom) {
      return total + uptime - asleepFrom;
    }
    if (uptime >= lastTo) {
      return total;
    }
    return total - (lastTo - Math.max(uptime, lastFrom));
  }

  /** Milliseconds on the clock that stops while the host sleeps. */
  public long ticks(Moment now) {
    return now.uptimeMillis().isPresent()
        ? now.uptimeMillis().getAsLong() - asleepBy(now.uptimeMillis().getAsLong())
        : now.time().toEpochMilli();
  }

  public void encode(StateWriter out) {
    out.number(total);
    out.number(asleepFrom);
    out.number(lastFrom);
    out.number(lastTo);
  }

  public static SleepClock decode(StateReader in) throws StateFormatException {
    return new SleepClock(in.number(), in.number(), in.number(), in.number());
  }
}
