package io.sessionbridge.sessions.state;

import static io.sessionbridge.sessions.state.Turn.UNKNOWN;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.spi.LifeState;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures the states of one user's life by the host's uptime: the current stretch, and the totals
 * of the previous ones. The totals do not overlap, and unknown times count in none of them.
 * Immutable.
 */
public final class Stopwatch {

  private final LifeState state;
  private final Instant since;

  /** Where the stretch began; unknown if its begin was missed. */
  private final long stretchFrom;

  /** Where the part of the stretch begins that is not in the totals yet. */
  private final long countFrom;

  /** The host's sleep time by then. */
  private final long asleepBefore;

  private final Totals totals;
  private final long asleep;

  /**
   * The stopwatch before a screen saver stopped, in case the screen saver turns out to be a lock.
   */
  private final @Nullable Stopwatch beforeStop;

  public Stopwatch(
      LifeState state,
      Instant since,
      long stretchFrom,
      long countFrom,
      long asleepBefore,
      Totals totals,
      long asleep,
      @Nullable Stopwatch beforeStop) {
    this.state = state;
    this.since = since;
    this.stretchFrom = stretchFrom;
    this.countFrom = countFrom;
    this.asleepBefore = asleepBefore;
    this.totals = totals;
    this.asleep = asleep;
    this.beforeStop = beforeStop;
  }

  public static Stopwatch started(LifeState state, Turn turn, SleepClock sleep) {
    return new Stopwatch(
        state,
        turn.time(),
        turn.exact(),
        turn.newFrom(),
        asleepBy(turn.newFrom(), sleep),
        Totals.NONE,
        0,
        null);
  }

  public LifeState state() {
    return state;
  }

  public Instant since() {
    return since;
  }

  /** Changes to another state. */
  public Stopwatch turned(LifeState next, Turn turn, SleepClock sleep) {
    if (next == state) {
      return this;
    }
    Stopwatch counted = counted(turn.oldUntil(), sleep);
    boolean stopped = state == LifeState.SCREENSAVER && next == LifeState.ACTIVE;
    return new Stopwatch(
        next,
        turn.time(),
        turn.exact(),
        turn.newFrom(),
        asleepBy(turn.newFrom(), sleep),
        counted.totals,
        counted.asleep,
        stopped ? this : null);
  }

  /** Starts counting here if the begin of the current state is unknown. */
  public Stopwatch knownFrom(Moment now, SleepClock sleep) {
    if (countFrom != UNKNOWN || now.uptimeMillis().isEmpty()) {
      return this;
    }
    long uptime = now.uptimeMillis().getAsLong();
    return new Stopwatch(
        state, since, stretchFrom, uptime, sleep.asleepBy(uptime), totals, asleep, null);
  }

  /** Adds the current stretch to the totals, as far as it is known. */
  private Stopwatch counted(long until, SleepClock sleep) {
    if (countFrom == UNKNOWN || until == UNKNOWN) {
      return this;
    }
    long elapsed = Math.max(0, until - countFrom);
    long slept = Math.min(elapsed, Math.max(0, asleepBy(until, sleep) - asleepBefore));
    return new Stopwatch(
        state,
        since,
        stretchFrom,
        countFrom,
        asleepBefore,
        totals.plus(state, elapsed - slept),
        asleep + slept,
        beforeStop);
  }

  private static long asleepBy(long uptime, SleepClock sleep) {
    return uptime == UNKNOWN ? 0 : sleep.asleepBy(uptime);
  }

  /**
   * Applies a lock that is reported at the end of a screen saver and began with it.
   *
   * @param turn the lock's turn
   * @param grace how long after the screen saver's end a lock still belongs to it, in milliseconds
   * @return null if no screen saver precedes the lock
   */
  public @Nullable Stopwatch lockedWithScreenSaver(Turn turn, long grace) {
    if (state == LifeState.SCREENSAVER) {
      return relabelled(LifeState.LOCKED);
    }
    if (beforeStop == null || stretchFrom == UNKNOWN || turn.exact() == UNKNOWN) {
      return null;
    }
    return turn.exact() - stretchFrom > grace ? null : beforeStop.relabelled(LifeState.LOCKED);
  }

  private Stopwatch relabelled(LifeState name) {
    return new Stopwatch(name, since, stretchFrom, countFrom, asleepBefore, totals, asleep, null);
  }

  /** The length of the current stretch at its end, including sleep; empty if unknown. */
  OptionalLong stretchSeconds(Turn end) {
    if (stretchFrom == UNKNOWN || end.exact() == UNKNOWN) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(0, end.exact() - stretchFrom) / 1000);
  }

  /** Adds the length of the current stretch to the event that ends it. */
  public void addStretch(Turn end, EventData.Builder data) {
    Field<Long> field =
        switch (state) {
          case ACTIVE -> Field.LAST_ACTIVE_SECONDS;
          case LOCKED -> Field.LAST_LOCKED_SECONDS;
          case DISCONNECTED -> Field.LAST_DISCONNECTED_SECONDS;
          case SCREENSAVER, UNKNOWN -> null;
        };
    if (field != null) {
      stretchSeconds(end).ifPresent(seconds -> data.put(field, seconds));
    }
  }

  /** Adds the totals to the event that ends the life; states that never occurred are absent. */
  public void addTotals(Turn end, SleepClock sleep, EventData.Builder data) {
    Stopwatch all = counted(end.oldUntil(), sleep);
    all.add(LifeState.ACTIVE, Field.ACTIVE_SECONDS, data);
    all.add(LifeState.LOCKED, Field.LOCKED_SECONDS, data);
    all.add(LifeState.DISCONNECTED, Field.DISCONNECTED_SECONDS, data);
    all.add(LifeState.SCREENSAVER, Field.SCREENSAVER_SECONDS, data);
    if (all.asleep > 0) {
      data.put(Field.ASLEEP_SECONDS, all.asleep / 1000);
    }
  }

  private void add(LifeState total, Field<Long> field, EventData.Builder data) {
    totals.seconds(total).ifPresent(seconds -> data.put(field, seconds));
  }

  public void encode(StateWriter out) {
    out.enumeration(state);
    out.time(since);
    out.number(stretchFrom);
    out.number(countFrom);
    out.number(asleepBefore);
    totals.encode(out);
    out.number(asleep);
    out.flag(beforeStop != null);
    if (beforeStop != null) {
      beforeStop.encode(out);
    }
  }

  public static Stopwatch decode(StateReader in) throws StateFormatException {
    return new Stopwatch(
        in.enumeration(LifeState.values()),
        in.time(),
        in.number(),
        in.number(),
        in.number(),
        Totals.decode(in),
        in.number(),
        in.flag() ? decode(in) : null);
  }
}
