package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.state.Activity;
import io.sessionbridge.sessions.state.Condition;
import io.sessionbridge.sessions.state.FloodWindow;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.Recents;
import io.sessionbridge.sessions.state.RunEnd;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.SleepClock;
import io.sessionbridge.sessions.state.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The effects of time: restarts of the host, the end of floods, the removal of closed sessions. */
public final class TimeRules {

  /** How long a closed session is kept for late reports. */
  private static final long REMEMBERED_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final long SWEEP_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int MAX_CLOSED = 64;

  /**
   * The largest difference between wall clock and uptime that counts as rounding, not as a set
   * clock.
   */
  private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

  private TimeRules() {}

  /**
   * Applies a start of the agent: nothing was missed up to the last moment. If the previous run was
   * killed before its comparison, the earlier limit stays.
   */
  public static void agentStarts(Step step, Moment now) {
    Moment last = step.last;
    Moment from = step.runFrom;
    boolean compared =
        from != null && last != null && last.millisSince(from) > Activity.COMPARING_MILLIS;
    if (step.knownUntil == null || compared) {
      step.knownUntil = last;
    }
    step.runFrom = now;
    arriveQuietly(step, now);
    closeReports(step);
    if (last != null && !now.isAfterRestartSince(last)) {
      forgetScreenSavers(step, last, now);
    }
  }

  private static void closeReports(Step step) {
    step.recents = step.recents.agentStarted();
    for (Session session : step.allSessions()) {
      if (session.hasReports()) {
        step.put(session.agentStarted());
      }
    }
  }

  /** The screen saver state is unknown until an event reports it; it counts as off until then. */
  private static void forgetScreenSavers(Step step, Moment last, Moment now) {
    for (Session session : step.allSessions()) {
      Life life = session.life();
      if (life != null && session.condition().screenSaver()) {
        Condition without = session.condition().withScreenSaver(false);
        Turn turn = Turn.between(last, now);
        step.put(
            session
                .withCondition(without)
                .withLife(
                    life.turned(without.state(), turn, step.sleep)
                        .withScreenSaverFrom(Turn.UNKNOWN)));
      }
    }
  }

  /** Advances the time, and first applies what was due by then. */
  public static void arrive(Step step, Moment now) {
    if (step.last != null && !now.isAfterRestartSince(step.last)) {
      endFloods(step, now);
      ActivityRules.judge(step, now);
    }
    arriveQuietly(step, now);
    sweep(step, now);
  }

  /** Advances the time only; what was due has been applied already. */
  public static void arriveQuietly(Step step, Moment now) {
    Moment last = step.last;
    if (last == null) {
      step.activity = Activity.startedAt(step.tick(now));
      step.last = now;
    } else if (now.isAfterRestartSince(last)) {
      restart(step, last, now);
    } else if (isLater(now, last)) {
      step.last = withBoot(now, last);
    }
  }

  private static boolean isLater(Moment now, Moment last) {
    if (now.uptimeMillis().isPresent()) {
      return last.uptimeMillis().isEmpty() || now.millisSince(last) >= 0;
    }
    return last.uptimeMillis().isEmpty() && now.millisSince(last) >= 0;
  }

  private static Moment withBoot(Moment now, Moment last) {
    return now.bootId().isPresent()
        ? now
        : new Moment(now.time(), now.uptimeMillis(), last.bootId());
  }

  private static void restart(Step step, Moment last, Moment now) {
    if (step.priorEnd == null) {
      Moment shutdown = step.shutdown;
      step.priorEnd =
          shutdown == null
              ? new RunEnd(last, last, "boot", step.sleep)
              : new RunEnd(shutdown, last, Kind.HOST_SHUTDOWN.wireName(), step.sleep);
    }
    step.shutdown = null;
    step.suspended = null;
    step.sleep = SleepClock.NEVER_ASLEEP;
    if (now.bootId().isEmpty() || last.bootId().isEmpty()) {
      step.recents = Recents.NONE; // their uptimes are indistinguishable from those of this boot
    }
    step.last = now;
    step.activity = step.activity.hostStarted(step.tick(now));
  }

  /** After a restart of the host, ends the lives of the previous boot and removes its sessions. */
  public static void endFormerRun(Step step) {
    RunEnd end = step.priorEnd;
    if (end == null) {
      return;
    }
    step.priorEnd = null;
    SleepClock now = step.sleep;
    step.sleep = end.sleep();
    for (Session session : step.allSessions()) {
      if (session.life() != null) {
        Inference.logoff(step, session, end.turn(), end.evidence(), lastKnown(session, end));
      }
    }
    step.sleep = now;
    removeAll(step);
  }

  /** Follows the order of the reports, since the wall clock may have been set in between. */
  private static Moment lastKnown(Session session, RunEnd end) {
    if (session.last().uptimeMillis().isEmpty()) {
      return session.last();
    }
    return end.known().millisSince(end.at()) > 0 ? end.at() : end.known();
  }

  /** The same, without writing events, for a replay. */
  static void forgetFormerRun(Step step) {
    step.priorEnd = null;
    removeAll(step);
  }

  private static void removeAll(Step step) {
    for (Session session : step.allSessions()) {
      step.remove(session);
    }
    step.flooding = List.of();
  }

  private static void endFloods(Step step, Moment now) {
    if (step.flooding.isEmpty()) {
      return;
    }
    List<Long> ongoing = new ArrayList<>();
    for (Long id : step.flooding) {
      Session session = step.sessions.get(id);
      if (session == null || session.flood().folded() == 0) {
        continue;
      }
      if (!session.flood().isOver(now)) {
        ongoing.add(id);
        continue;
      }
      step.derive(
          now.time(),
          step.derived(Kind.GAP)
              .put(Field.SESSION_ID, id)
              .put(Field.SESSION_KEY, session.key())
              .put(Field.REASON, "flood")
              .put(Field.LOST_COUNT, session.flood().folded()));
      step.put(session.withFlood(FloodWindow.startedAt(now)));
    }
    step.flooding = List.copyOf(ongoing);
  }

  private static void sweep(Step step, Moment now) {
    if (step.counts.closed() < MAX_CLOSED
        || step.swept != null && now.millisSince(step.swept) < SWEEP_MILLIS) {
      return;
    }
    step.swept = now;
    for (Session session : step.allSessions()) {
      if (!session.isOpen() && now.millisSince(session.last()) > REMEMBERED_MILLIS) {
        step.remove(session);
      }
    }
  }

  /**
   * The uptime at a wall clock time between two moments, if both clocks are known and the wall
   * clock was not set in between.
   */
  public static Moment between(@Nullable Moment before, Moment now, Instant time) {
    if (before == null
        || before.uptimeMillis().isEmpty()
        || now.uptimeMillis().isEmpty()
        || now.isAfterRestartSince(before)) {
      return new Moment(time, OptionalLong.empty(), now.bootId());
    }
    long back = Duration.between(time, now.time()).toMillis();
    if (!isSteady(before, now) || back < 0 || back > now.millisSince(before)) {
      return new Moment(time, OptionalLong.empty(), now.bootId());
    }
    return new Moment(time, OptionalLong.of(now.uptimeMillis().getAsLong() - back), now.bootId());
  }

  /** Whether the wall clock was not set between two moments of the same boot. */
  public static boolean isSteady(Moment before, Moment now) {
    long byWall = Duration.between(before.time(), now.time()).toMillis();
    return !now.isAfterRestartSince(before)
        && Math.abs(now.millisSince(before) - byWall) <= CLOCK_TOLERANCE_MILLIS;
  }

  /** The turn of a written event, for the durations that it ends. */
  static Turn turnOf(Step step, Session session, EventData data, Moment at) {
    Instant after = data.get(Field.TIME_AFTER);
    if (!Inference.DIRECTORY.equals(data.get(Field.EVIDENCE))) {
      return after != null && at.uptimeMillis().isEmpty()
          ? Turn.after(momentOf(step, session, at, after), at.time())
          : Turn.at(at);
    }
    Moment known = after == null ? Moment.of(at.time()) : momentOf(step, session, at, after);
    return Turn.between(known, at);
  }

  /** The moment that a written wall clock time refers to. */
  private static Moment momentOf(Step step, Session session, Moment at, Instant time) {
    Moment known = step.knownUntil == null ? step.last : step.knownUntil;
    if (isMeant(step, session.last(), time)) {
      return session.last();
    }
    return known != null && isMeant(step, known, time) ? known : between(known, at, time);
  }

  /** Matches by the clock of that time, or by the current one if it was set back in between. */
  private static boolean isMeant(Step step, Moment candidate, Instant time) {
    if (candidate.time().equals(time)) {
      return true;
    }
    return step.last != null
        && !isSteady(candidate, step.last)
        && candidate
            .byClockOf(step.runFrom == null ? step.last : step.runFrom)
            .map(moment -> Duration.between(moment.time(), time).abs().toMillis())
            .filter(off -> off <= CLOCK_TOLERANCE_MILLIS)
            .isPresent();
  }
}
