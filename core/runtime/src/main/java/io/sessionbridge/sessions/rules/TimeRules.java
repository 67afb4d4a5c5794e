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

/** What the passing of time does: restarts of the host, floods that are over, old numbers. */
public final class TimeRules {

  /** How long a closed session is remembered for reports that come late. */
  private static final long REMEMBERED_MILLIS = Duration.ofMinutes(10).toMillis();

  private static final long SWEEP_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int MOST_CLOSED = 64;

  /** How far the wall clock may be off the uptime, by rounding, without having been set. */
  private static final long CLOCK_TOLERANCE_MILLIS = 2_000;

  private TimeRules() {}

  /**
   * The agent starts: up to the last moment all was heard. If it was killed before it had compared
   * anything, what is known ends where it went before that.
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

  /** Whether a screen saver still runs nobody can tell; as long as none is told, none does. */
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

  /** It is that late now: what was waiting for it happens before anything else does. */
  public static void arrive(Step step, Moment now) {
    if (step.last != null && !now.isAfterRestartSince(step.last)) {
      endFloods(step, now);
      ActivityRules.judge(step, now);
    }
    arriveQuietly(step, now);
    sweep(step, now);
  }

  /** It is that late now, and what was waiting for it has happened already. */
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
      step.recents = Recents.NONE; // their uptimes cannot be told from those of this run
    }
    step.last = now;
    step.activity = step.activity.hostStarted(step.tick(now));
  }

  /** The host was started anew: the lives of its former run are over, and its sessions are gone. */
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

  /** By the order of the reports: the wall clock may have been set in between. */
  private static Moment lastKnown(Session session, RunEnd end) {
    if (session.last().uptimeMillis().isEmpty()) {
      return session.last();
    }
    return end.known().millisSince(end.at()) > 0 ? end.at() : end.known();
  }

  /** The same of what is written already. */
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
    List<Long> going = new ArrayList<>();
    for (Long id : step.flooding) {
      Session session = step.sessions.get(id);
      if (session == null || session.flood().folded() == 0) {
        continue;
      }
      if (!session.flood().isOver(now)) {
        going.add(id);
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
    step.flooding = List.copyOf(going);
  }

  private static void sweep(Step step, Moment now) {
    if (step.counts.closed() < MOST_CLOSED
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
   * The uptime at a time of the wall clock between two moments that are known by both clocks, if
   * the wall clock was not set in between.
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

  /** Whether the wall clock was not set between two moments of one run of the host. */
  public static boolean isSteady(Moment before, Moment now) {
    long byWall = Duration.between(before.time(), now.time()).toMillis();
    return !now.isAfterRestartSince(before)
        && Math.abs(now.millisSince(before) - byWall) <= CLOCK_TOLERANCE_MILLIS;
  }

  /** When an event that was written is about, for the durations it ends. */
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

  /** The moment that the wall clock's time was written of. */
  private static Moment momentOf(Step step, Session session, Moment at, Instant time) {
    Moment known = step.knownUntil == null ? step.last : step.knownUntil;
    if (isMeant(step, session.last(), time)) {
      return session.last();
    }
    return known != null && isMeant(step, known, time) ? known : between(known, at, time);
  }

  /** By the clock of then, or of now if it was put back in between. */
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
