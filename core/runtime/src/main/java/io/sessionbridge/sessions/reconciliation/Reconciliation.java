package io.sessionbridge.sessions.reconciliation;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.AccountClass;
import io.sessionbridge.sessions.ExistingSession;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.rules.Inference;
import io.sessionbridge.sessions.rules.LifeRules;
import io.sessionbridge.sessions.rules.Lives;
import io.sessionbridge.sessions.rules.ReportRules;
import io.sessionbridge.sessions.rules.Step;
import io.sessionbridge.sessions.rules.TimeRules;
import io.sessionbridge.sessions.state.Former;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.Turn;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.sessions.state.User.Sameness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the known state with the existing sessions and writes the events that must have happened
 * in between: first those in the system's log, then the ends of sessions that are gone, then the
 * changes of existing sessions. Used once.
 */
public final class Reconciliation {

  /** How long a session can stay listed after its user has logged off. */
  private static final Duration LISTED_AFTER_LOGOFF = Duration.ofMinutes(1);

  private final Step step;
  private final Findings found;
  private final Moment now;

  private final LastKnown before;
  private final StationComparison stations;
  private final boolean first;

  /**
   * @param known up to when nothing was missed; null if nothing was ever reported
   */
  public Reconciliation(Step step, Findings found, @Nullable Moment known) {
    this.step = step;
    this.found = found;
    this.now = found.now();
    this.before = new LastKnown(step, now, known);
    this.stations = new StationComparison(step, before);
    this.first = !step.compared;
  }

  public void apply() {
    new LogRecords(step, found, before).apply();
    endWhatIsGone();
    for (ExistingSession session : found.sessions()) {
      take(session);
    }
  }

  private void endWhatIsGone() {
    Set<Long> existing = new HashSet<>();
    for (ExistingSession session : found.sessions()) {
      Long id = session.data().get(Field.SESSION_ID);
      if (id != null) {
        existing.add(id);
      }
    }
    for (Session session : step.allSessions()) {
      if (session.isOpen()
          && session.id() != 0
          && !existing.contains(session.id())
          && !before.wasReportedSince(session)) {
        Moment after = before.of(session.id());
        Kind kind = session.life() == null ? Kind.SESSION_TERMINATE : Kind.LOGOFF;
        Inference.event(
            step,
            session,
            EventData.builder(kind).build(),
            Turn.between(after, now),
            Inference.DIRECTORY,
            after);
      }
    }
  }

  private void take(ExistingSession existing) {
    Long id = existing.data().get(Field.SESSION_ID);
    if (id == null || ReportRules.isImpossible(id)) {
      return;
    }
    Session session = step.sessions.get(id);
    if (session != null && before.wasReportedSince(session)) {
      return;
    }
    User user = userOf(existing.data());
    boolean loggedOn = user.isKnown() && LifeRules.saysLoggedOn(existing.data());
    if (session == null || !session.isOpen()) {
      if (session == null || isAnother(session, user, loggedOn)) {
        appear(id, session, existing, loggedOn);
      }
      return;
    }
    Life life = session.life();
    if (life == null) {
      if (loggedOn && id != 0) {
        appear(id, session, existing, true);
      } else {
        stations.compare(session, existing);
      }
      return;
    }
    if (isOver(life, existing.data(), user)) {
      Session closed = end(session, existing.data());
      if (loggedOn) {
        appear(id, closed, existing, true);
      }
      return;
    }
    stations.compare(complete(session, user, existing.data()), existing);
  }

  private static User userOf(EventData data) {
    return AccountClass.of(data) == AccountClass.PERSON ? User.of(data) : User.UNKNOWN;
  }

  /**
   * A closed session stays listed for a while, with or without its user, until the system reports
   * its end. If the clock was set back since it closed, the time since then is unknown; the session
   * is then reported as a new one rather than held back until the clock catches up.
   */
  private boolean isAnother(Session closed, User user, boolean loggedOn) {
    boolean remains =
        closed.phase() != Session.Phase.TERMINATED
            && (!loggedOn || closed.lastUser().sameAs(user) == Sameness.SAME);
    long since = now.millisSince(closed.last());
    return !remains || since < 0 || since > LISTED_AFTER_LOGOFF.toMillis();
  }

  private static boolean isOver(Life life, EventData data, User user) {
    if (!user.isKnown()) {
      return LifeRules.saysNobodyLoggedOn(data);
    }
    return life.user().sameAs(user) == Sameness.DIFFERENT
        || !life.isLogonAt(data.get(Field.LOGON_TIME), null);
  }

  /** The end was before the next logon, whatever the clock showed then. */
  private Session end(Session session, EventData data) {
    Moment after = before.of(session.id());
    Instant logon = data.get(Field.LOGON_TIME);
    if (logon == null || logon.isAfter(now.time())) {
      Turn turn = Turn.between(after, now);
      return Inference.logoff(step, session, turn, Inference.DIRECTORY, after);
    }
    if (logon.isBefore(after.time()) && TimeRules.isSteady(after, now)) {
      after = after.minus(Duration.between(logon, after.time()));
    }
    Turn turn = Turn.between(after, new Moment(logon, now.uptimeMillis(), now.bootId()));
    return Inference.logoff(step, session, turn, Inference.DIRECTORY, after);
  }

  /**
   * A session, or a user in one, without any report. If the sessions were known before, it is new,
   * so a logon must have happened.
   */
  private void appear(
      long id, @Nullable Session former, ExistingSession existing, boolean loggedOn) {
    boolean tracked = !first && before.known() != null;
    Kind kind = tracked && loggedOn && id != 0 ? Kind.LOGON : Kind.SESSION_PRESENT;
    EventData.Builder facts = existing.data().toBuilder().put(Field.KIND, kind);
    if (kind == Kind.LOGON) {
      facts
          .remove(Field.SESSION_STATE)
          .remove(Field.LOCKED); // current values, not those of the logon
    }
    EventData data = facts.build();
    boolean anew = former == null || !former.isOpen();
    Session session = former == null || anew ? started(id, former, kind) : former;
    Turn turn = kind == Kind.LOGON ? logonTurn(data) : Turn.at(now);
    EventData.Builder out =
        kind == Kind.LOGON
            ? Inference.begun(step, session, data, turn, logonEvidence(turn), beforeLogon(id, turn))
            : present(session, data);
    Session after = Lives.of(data, now, turn).take(session, anew, step.settings, step.sleep, out);
    Session written = Inference.written(step, after, kind, turn, out);
    if (kind == Kind.LOGON) {
      stations.compare(written, existing);
    }
  }

  /**
   * The end of the previous life may have been inferred for now, which is after the logon's time.
   */
  private Moment beforeLogon(long id, Turn logon) {
    Moment last = before.of(id);
    return last.time().isAfter(logon.time()) ? before.ofAll() : last;
  }

  private Session started(long id, @Nullable Session closed, Kind kind) {
    Former former = closed == null ? null : closed.asFormer();
    return Session.started(id, step.nextId(Optional.empty()), former, kind, now);
  }

  private EventData.Builder present(Session session, EventData data) {
    EventData.Builder out = step.derived(Kind.SESSION_PRESENT);
    Inference.copyAll(data, out);
    AccountClass.of(data).wireName().ifPresent(type -> out.put(Field.ACCOUNT_TYPE, type));
    now.uptimeMillis().ifPresent(uptime -> out.put(Field.UPTIME_MS, uptime));
    return out.putIfAbsent(Field.REASON, found.reason()).put(Field.SESSION_KEY, session.key());
  }

  private static String logonEvidence(Turn turn) {
    return turn.exact() == Turn.UNKNOWN ? Inference.DIRECTORY : Field.LOGON_TIME.name();
  }

  private Turn logonTurn(EventData data) {
    Instant logon = data.get(Field.LOGON_TIME);
    if (logon == null) {
      return Turn.between(before.ofAll(), now);
    }
    Moment then = TimeRules.between(before.known(), now, logon);
    return then.uptimeMillis().isPresent()
        ? Turn.at(then)
        : new Turn(logon, Turn.UNKNOWN, Turn.UNKNOWN, now.uptimeMillis().orElse(Turn.UNKNOWN));
  }

  /** Adds a user's name that was unknown so far. */
  private Session complete(Session session, User user, EventData data) {
    Life life = session.life();
    if (life == null || !user.isKnown()) {
      return session;
    }
    Session completed = session.withLife(life.completed(user, data, step.settings));
    if (life.user().isKnown()) {
      step.put(completed);
      return completed;
    }
    return Inference.written(
        step, completed, Kind.SESSION_PRESENT, Turn.at(now), present(completed, data));
  }
}
