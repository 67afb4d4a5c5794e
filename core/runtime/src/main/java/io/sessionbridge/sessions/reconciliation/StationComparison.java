package io.sessionbridge.sessions.reconciliation;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.ExistingSession;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.rules.Inference;
import io.sessionbridge.sessions.rules.LifeRules;
import io.sessionbridge.sessions.rules.Step;
import io.sessionbridge.sessions.rules.TimeRules;
import io.sessionbridge.sessions.state.Condition;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.Turn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compares the connection and the lock of a session with its known state, and writes the events
 * that must have happened in between.
 */
final class StationComparison {

  private final Step step;
  private final LastKnown before;
  private final Moment now;

  StationComparison(Step step, LastKnown before) {
    this.step = step;
    this.before = before;
    this.now = before.now();
  }

  void compare(Session session, ExistingSession existing) {
    Condition shown =
        LifeRules.conditionAfter(
            session.condition(),
            existing.data().toBuilder().put(Field.KIND, Kind.SESSION_PRESENT).build());
    Session current = session;
    Boolean was = session.condition().connected();
    if (was == null) {
      current = shown.connected() == null ? session : learn(session, existing);
    } else if (shown.connected() != null && !was.equals(shown.connected())) {
      current = turnConnection(current, existing, shown, before.of(session.id()), now);
    } else if (was && hasChangedSides(session.condition(), shown)) {
      Condition away = shown.withConnected(false);
      Moment after = before.of(session.id());
      current = turnConnection(current, existing, away, after, connectedBy(existing));
      current = turnConnection(current, existing, shown, after, now);
    }
    confirm(compareLock(current, existing));
  }

  /** A session that is now connected elsewhere was disconnected before that. */
  private Moment connectedBy(ExistingSession existing) {
    return existing
        .connectTime()
        .filter(time -> !time.isAfter(now.time()))
        .map(time -> new Moment(time, now.uptimeMillis(), now.bootId()))
        .orElse(now);
  }

  /** Counts an unchanged state from now on if its begin is unknown. */
  private void confirm(Session session) {
    Life life = session.life();
    if (life != null && session.condition().state() == life.watch().state()) {
      step.put(session.withLife(life.withWatch(life.watch().knownFrom(now, step.sleep))));
    }
  }

  private static boolean hasChangedSides(Condition was, Condition shown) {
    return was.remote() != null && shown.remote() != null && !was.remote().equals(shown.remote());
  }

  private Session turnConnection(
      Session session, ExistingSession existing, Condition shown, Moment after, Moment noticed) {
    boolean connected = Boolean.TRUE.equals(shown.connected());
    Boolean side = connected ? shown.remote() : session.condition().remote();
    boolean remote = side != null && side;
    Kind kind =
        connected
            ? remote ? Kind.REMOTE_CONNECT : Kind.CONSOLE_CONNECT
            : remote ? Kind.REMOTE_DISCONNECT : Kind.CONSOLE_DISCONNECT;
    Instant time = (connected ? existing.connectTime() : existing.disconnectTime()).orElse(null);
    EventData.Builder data = EventData.builder(kind);
    if (side == null) {
      data.put(Field.AMBIGUOUS, true);
    }
    String evidence = connected ? "connect_time" : "disconnect_time";
    return turned(session, data, time, evidence, after, noticed);
  }

  /**
   * Uses the system's time if it is within the unknown interval, else the time of the comparison.
   */
  private Session turned(
      Session session,
      EventData.Builder data,
      @Nullable Instant time,
      String evidence,
      Moment after,
      Moment noticed) {
    if (time == null || time.isBefore(after.time()) || time.isAfter(noticed.time())) {
      return Inference.event(
          step, session, data.build(), Turn.between(after, noticed), Inference.DIRECTORY, after);
    }
    Moment then = TimeRules.between(before.known(), now, time);
    Turn turn =
        then.uptimeMillis().isPresent()
            ? Turn.at(then)
            : new Turn(
                time,
                Turn.UNKNOWN,
                after.uptimeMillis().orElse(Turn.UNKNOWN),
                now.uptimeMillis().orElse(Turn.UNKNOWN));
    return Inference.event(step, session, data.build(), turn, evidence, after);
  }

  private Session compareLock(Session session, ExistingSession existing) {
    Boolean locked = existing.data().get(Field.LOCKED);
    if (session.life() == null || locked == null) {
      return session;
    }
    Boolean was = session.condition().locked();
    if (was == null) {
      return learn(session, existing);
    }
    if (was.equals(locked)) {
      return session;
    }
    EventData.Builder data = EventData.builder(locked ? Kind.LOCK : Kind.UNLOCK);
    return turned(session, data, null, Inference.DIRECTORY, before.of(session.id()), now);
  }

  /** Records a value that was unknown so far; no event results. */
  private Session learn(Session session, ExistingSession existing) {
    EventData present = existing.data().toBuilder().put(Field.KIND, Kind.SESSION_PRESENT).build();
    Condition condition = LifeRules.conditionAfter(session.condition(), present);
    Session learnt = session.withCondition(condition);
    Life life = session.life();
    if (life != null) {
      learnt = learnt.withLife(life.turned(condition.state(), Turn.between(now, now), step.sleep));
    }
    step.put(learnt);
    return learnt;
  }
}
