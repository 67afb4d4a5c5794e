package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;

/**
 * How long a host slept since it started, by its uptime, which goes on while it sleeps. Immutable.
 *
 * @param total milliseconds of all sleeps that have ended
 * @param asleepFrom the uptime at which it went to sleep; {@link #AWAKE} if it is awake
 * @param lastFrom where the last sleep that has ended began
 * @param lastTo where that sleep ended
 */
public record SleepClock(long total, long asleepFrom, long lastFrom, long lastTo) {

  public static final long AWAKE = -1;
  public static final SleepClock NEVER_ASLEEP = new SleepClock(0, AWAKE, 0, 0);

  public SleepClock suspended(long uptime) {
    return asleepFrom == AWAKE ? new SleepClock(total, uptime, lastFrom, lastTo) : this;
  }

  /** A resume without a suspend says nothing of how long the sleep was. */
  public SleepClock resumed(long uptime) {
    if (asleepFrom == AWAKE) {
      return this;
    }
    long end = Math.max(asleepFrom, uptime);
    return new SleepClock(total + end - asleepFrom, AWAKE, asleepFrom, end);
  }

  /** A resume whose time nobody knows: the sleep is not counted. */
  public SleepClock forgotten() {
    return new SleepClock(total, AWAKE, lastFrom, lastTo);
  }

  public boolean isAsleep() {
    return asleepFrom != AWAKE;
  }

  /**
   * Milliseconds of sleep up to an uptime. Exact for every uptime since the last sleep but one
   * ended, which is far more than reports are ever late.
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

  /** Milliseconds on the clock that stands still while the host sleeps. */
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
