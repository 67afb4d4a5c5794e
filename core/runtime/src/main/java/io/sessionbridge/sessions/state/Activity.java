package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition.Presence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The known activity of a host. Ticks are milliseconds of the host's awake time. Immutable.
 *
 * @param shown the last published activity
 * @param sinceTicks when it began
 * @param presence as reported by Windows since the agent started; null if not reported
 * @param presenceFrom when it was reported
 * @param displayRequested whether a program keeps the display on
 * @param inUse how many sessions were in use at the last judgement
 * @param useFrom when a session last came into use
 * @param noneFrom since when no session is in use; null while one is
 * @param judgedFrom when judging begins: after a start, the sessions are compared first
 * @param settledFrom when a presence that was not reported becomes unknown
 */
public record Activity(
    HostActivity shown,
    long sinceTicks,
    @Nullable Presence presence,
    Tick presenceFrom,
    boolean displayRequested,
    int inUse,
    Tick useFrom,
    @Nullable Tick noneFrom,
    long judgedFrom,
    long settledFrom) {

  /** Windows reports the presence within a second after a start; a busy machine takes longer. */
  static final long SETTLING_MILLIS = 10_000;

  /** How long to wait for a comparison of the sessions after a start. */
  public static final long COMPARING_MILLIS = 60_000;

  /** A moment by the wall clock, for display, and in ticks. */
  public record Tick(Instant time, long ticks) {

    Tick laterOf(Tick other) {
      return ticks >= other.ticks ? this : other;
    }

    Tick minus(long millis) {
      return millis == 0 ? this : new Tick(time, ticks - millis);
    }

    void encode(StateWriter out) {
      out.time(time);
      out.number(ticks);
    }

    static Tick decode(StateReader in) throws StateFormatException {
      return new Tick(in.time(), in.number());
    }
  }

  public static Activity startedAt(Tick now) {
    return new Activity(
        new HostActivity(HostActivity.State.UNKNOWN, now.time(), HostActivity.UNKNOWN),
        now.ticks(),
        null,
        now,
        false,
        0,
        now,
        now,
        Long.MIN_VALUE,
        Long.MIN_VALUE);
  }

  public Activity shown(HostActivity changed, long from) {
    return new Activity(
        changed,
        from,
        presence,
        presenceFrom,
        displayRequested,
        inUse,
        useFrom,
        noneFrom,
        judgedFrom,
        settledFrom);
  }

  public Activity withPresence(@Nullable Presence changed, Tick now) {
    return changed == presence
        ? this
        : new Activity(
            shown,
            sinceTicks,
            changed,
            now,
            displayRequested,
            inUse,
            useFrom,
            noneFrom,
            judgedFrom,
            settledFrom);
  }

  public Activity withDisplayRequested(boolean changed) {
    return changed == displayRequested
        ? this
        : new Activity(
            shown,
            sinceTicks,
            presence,
            presenceFrom,
            changed,
            inUse,
            useFrom,
            noneFrom,
            judgedFrom,
            settledFrom);
  }

  /** Updates how many sessions are in use. */
  public Activity used(int now, boolean cameIntoUse, Tick at) {
    if (now == inUse && !cameIntoUse) {
      return this;
    }
    return new Activity(
        shown,
        sinceTicks,
        presence,
        presenceFrom,
        displayRequested,
        now,
        cameIntoUse ? at : useFrom,
        now > 0 ? null : noneFrom == null ? at : noneFrom,
        judgedFrom,
        settledFrom);
  }

  /** Since when no user is present, by the reported presence and by the use of sessions. */
  public Tick absentFrom() {
    return presenceFrom.laterOf(useFrom);
  }

  /** After a start of the agent: waiting times restart, and presence must be reported again. */
  public Activity agentStarted(Tick now) {
    return new Activity(
        shown,
        sinceTicks,
        null,
        now,
        false,
        inUse,
        now,
        noneFrom == null ? null : now,
        now.ticks() + COMPARING_MILLIS,
        now.ticks() + SETTLING_MILLIS);
  }

  /** After a start of the host: ticks count from there. */
  public Activity hostStarted(Tick now) {
    return new Activity(
        shown,
        now.ticks(),
        presence,
        now,
        displayRequested,
        inUse,
        now,
        noneFrom == null ? null : now,
        judgedFrom == Long.MIN_VALUE ? judgedFrom : now.ticks() + COMPARING_MILLIS,
        settledFrom == Long.MIN_VALUE ? settledFrom : now.ticks() + SETTLING_MILLIS);
  }

  /** After a comparison, which may have revealed a missed sleep. */
  public Activity compared(long slept) {
    return new Activity(
        shown,
        sinceTicks,
        presence,
        presenceFrom.minus(slept),
        displayRequested,
        inUse,
        useFrom.minus(slept),
        noneFrom == null ? null : noneFrom.minus(slept),
        Long.MIN_VALUE,
        settledFrom == Long.MIN_VALUE ? settledFrom : settledFrom - slept);
  }

  public void encode(StateWriter out) {
    out.enumeration(shown.state());
    out.time(shown.since());
    out.text(shown.basis());
    out.number(sinceTicks);
    out.ternary(presence == null ? null : presence == Presence.PRESENT);
    presenceFrom.encode(out);
    out.flag(displayRequested);
    out.number(inUse);
    useFrom.encode(out);
    out.flag(noneFrom != null);
    if (noneFrom != null) {
      noneFrom.encode(out);
    }
    out.number(judgedFrom);
    out.number(settledFrom);
  }

  public static Activity decode(StateReader in) throws StateFormatException {
    HostActivity shown =
        new HostActivity(in.enumeration(HostActivity.State.values()), in.time(), in.text());
    long sinceTicks = in.number();
    Boolean present = in.ternary();
    return new Activity(
        shown,
        sinceTicks,
        present == null ? null : present ? Presence.PRESENT : Presence.INACTIVE,
        Tick.decode(in),
        in.flag(),
        (int) in.number(),
        Tick.decode(in),
        in.flag() ? Tick.decode(in) : null,
        in.number(),
        in.number());
  }
}
