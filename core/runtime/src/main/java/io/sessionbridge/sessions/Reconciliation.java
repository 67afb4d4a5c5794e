package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.ReportRules.Concluded;
import io.sessionbridge.sessions.User.Sameness;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what is known with what exists, and writes what must have happened in between: first
 * what the system's log tells, then the end of what is gone, then the differences of what is there.
 * Used once.
 */
final class Reconciliation {

  /** So long a session is still listed at most after its user has logged off. */
  private static final Duration REMAINS = Duration.ofMinutes(1);

  private final Step step;
  private final Findings found;
  private final Moment now;

  /** Up to when all was heard; null if nothing ever was. */
  private final @Nullable Moment known;

  private final boolean first;

  Reconciliation(Step step, Findings found, @Nullable Moment known) {
    this.step = step;
    this.found = found;
    this.now = found.now();
    this.known = known;
    this.first = !step.compared;
  }

  void apply() {
    for (Evidence evidence : takeFormerRun()) {
      take(evidence, now);
    }
    endWhatIsGone();
    for (ExistingSession session : found.sessions()) {
      take(session);
    }
  }

  /**
   * A former run of the host ends first: what its log tells of it belongs before that.
   *
   * @return what the log tells of this run
   */
  private List<Evidence> takeFormerRun() {
    NewRecords records = NewRecords.of(found, known, step.priorEnd != null, this::heardOf);
    RunEnd end = step.priorEnd;
    if (end == null) {
      return records.ofThisRun();
    }
    Moment until = end.at();
    String by = end.evidence();
    SleepClock ofThisRun = step.sleep;
    step.sleep = end.sleep();
    for (Evidence evidence : records.ofFormerRun()) {
      if (evidence.time().isAfter(until.time())) {
        // The wall clock may have been set since the last moment that is known by the uptime, too.
        until = new Moment(evidence.time(), OptionalLong.empty(), end.at().bootId());
      }
      if (evidence.data().kind() == Kind.HOST_SHUTDOWN) {
        by = evidence.name();
      } else {
        take(evidence, until);
      }
    }
    RunEnd told = new RunEnd(until, end.known(), by, step.sleep);
    step.sleep = ofThisRun;
    step.priorEnd = told;
    TimeRules.endFormerRun(step);
    return records.ofThisRun();
  }

  /** What was told last of the session of a record; null if nothing was. */
  private @Nullable Moment heardOf(Evidence evidence) {
    Long id = evidence.data().get(Field.SESSION_ID);
    Session session = id == null ? null : step.sessions.get(id);
    return session == null ? null : session.last();
  }

  private Moment knownBefore() {
    return known == null ? now : known;
  }

  /**
   * Takes a record of the log in.
   *
   * @param until a moment of the same run of the host, not before the record
   */
  private void take(Evidence evidence, Moment until) {
    Moment then = TimeRules.between(known, until, evidence.time());
    EventData.Builder data = step.derived(evidence.data().kind());
    copyTo(data, evidence.data());
    then.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    then.bootId().ifPresent(boot -> data.put(Field.BOOT_ID, boot));
    EventData whole = data.build();
    Long id = whole.get(Field.SESSION_ID);
    if (whole.kind().subject() != Kind.Subject.SESSION) {
      Concluded concluded = new Concluded(evidence.name(), knownBefore());
      HostRules.conclude(step, evidence.time(), whole, then, concluded);
    } else if (id != null && !ReportRules.isImpossible(id)) {
      Concluded concluded = new Concluded(evidence.name(), lastKnownOf(id));
      ReportRules.of(step, Observation.live(evidence.time(), whole), then, concluded).apply();
    }
  }

  private static void copyTo(EventData.Builder data, EventData from) {
    for (Field<?> field : Field.all()) {
      copy(field, from, data);
    }
  }

  private static <T> void copy(Field<T> field, EventData from, EventData.Builder to) {
    to.put(field, from.get(field));
  }

  /** The last moment at which the session is known to have been as it is known. */
  private Moment lastKnownOf(long id) {
    Moment before = knownBefore();
    Session session = step.sessions.get(id);
    if (session == null) {
      return before;
    }
    Moment last = session.last();
    boolean ofAnotherClock =
        last.uptimeMillis().isEmpty() && last.time().isAfter(now.time()); // put back since
    return last.millisSince(before) > 0 && !ofAnotherClock ? last : before;
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
          && !wasHeardSince(session)) {
        Moment after = lastKnownOf(session.id());
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

  /** To read the sessions takes a while; who told of one meanwhile knows better. */
  private boolean wasHeardSince(Session session) {
    boolean byUptime = session.last().uptimeMillis().isPresent() && now.uptimeMillis().isPresent();
    return byUptime && session.last().millisSince(now) > 0;
  }

  private void take(ExistingSession existing) {
    Long id = existing.data().get(Field.SESSION_ID);
    if (id == null || ReportRules.isImpossible(id)) {
      return;
    }
    Session session = step.sessions.get(id);
    if (session != null && wasHeardSince(session)) {
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
        compareStation(session, existing);
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
    compareStation(complete(session, user, existing.data()), existing);
  }

  private static User userOf(EventData data) {
    return AccountClass.of(data) == AccountClass.PERSON ? User.of(data) : User.UNKNOWN;
  }

  /**
   * What is left of a closed session is listed for a while, with its user or without, until the
   * system says that it is gone. If it ended at a time that the clock has yet to show, because it
   * was put back since, nobody can tell how long ago that was: then it is told rather than kept
   * back until the clock shows that time again.
   */
  private boolean isAnother(Session closed, User user, boolean loggedOn) {
    boolean remains =
        closed.phase() != Session.Phase.TERMINATED
            && (!loggedOn || closed.lastUser().sameAs(user) == Sameness.SAME);
    long since = now.millisSince(closed.last());
    return !remains || since < 0 || since > REMAINS.toMillis();
  }

  private static boolean isOver(Life life, EventData data, User user) {
    if (!user.isKnown()) {
      return LifeRules.saysNobodyLoggedOn(data);
    }
    return life.user().sameAs(user) == Sameness.DIFFERENT
        || !life.isLogonAt(data.get(Field.LOGON_TIME), null);
  }

  /** It was before the next logon, whatever the clock showed then. */
  private Session end(Session session, EventData data) {
    Moment after = lastKnownOf(session.id());
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
   * A session, or a user in one, that nobody told of. Where the sessions were known before, it is
   * new: then a logon must have happened.
   */
  private void appear(
      long id, @Nullable Session before, ExistingSession existing, boolean loggedOn) {
    boolean heard = !first && known != null;
    Kind kind = heard && loggedOn && id != 0 ? Kind.LOGON : Kind.SESSION_PRESENT;
    EventData.Builder facts = existing.data().toBuilder().put(Field.KIND, kind);
    if (kind == Kind.LOGON) {
      facts.remove(Field.SESSION_STATE).remove(Field.LOCKED); // these are of now
    }
    EventData data = facts.build();
    boolean anew = before == null || !before.isOpen();
    Session session = before == null || anew ? started(id, before, kind) : before;
    Turn turn = kind == Kind.LOGON ? logonTurn(data) : Turn.at(now);
    EventData.Builder out =
        kind == Kind.LOGON
            ? Inference.begun(step, session, data, turn, logonEvidence(turn), before(id, turn))
            : present(session, data);
    Session after = Lives.of(data, now, turn).take(session, anew, step.settings, step.sleep, out);
    Session written = Inference.written(step, after, kind, turn, out);
    if (kind == Kind.LOGON) {
      compareStation(written, existing);
    }
  }

  /** The end of the one before may be concluded at this very moment, after the logon's time. */
  private Moment before(long id, Turn logon) {
    Moment last = lastKnownOf(id);
    return last.time().isAfter(logon.time()) ? knownBefore() : last;
  }

  private Session started(long id, @Nullable Session before, Kind kind) {
    Former former = before == null ? null : before.asFormer();
    return Session.started(id, step.nextId(Optional.empty()), former, kind, now);
  }

  private EventData.Builder present(Session session, EventData data) {
    EventData.Builder out = step.derived(Kind.SESSION_PRESENT);
    copyTo(out, data);
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
      return Turn.between(knownBefore(), now);
    }
    Moment then = TimeRules.between(known, now, logon);
    return then.uptimeMillis().isPresent()
        ? Turn.at(then)
        : new Turn(logon, Turn.UNKNOWN, Turn.UNKNOWN, now.uptimeMillis().orElse(Turn.UNKNOWN));
  }

  /** A user who was not known by name, and is now. */
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

  private void compareStation(Session session, ExistingSession existing) {
    Condition shown =
        LifeRules.conditionAfter(
            session.condition(),
            existing.data().toBuilder().put(Field.KIND, Kind.SESSION_PRESENT).build());
    Session current = session;
    Boolean was = session.condition().connected();
    if (was == null) {
      current = shown.connected() == null ? session : learn(session, existing);
    } else if (shown.connected() != null && !was.equals(shown.connected())) {
      current = turnConnection(current, existing, shown, lastKnownOf(session.id()), now);
    } else if (was && hasChangedSides(session.condition(), shown)) {
      Condition away = shown.withConnected(false);
      Moment after = lastKnownOf(session.id());
      current = turnConnection(current, existing, away, after, connectedBy(existing));
      current = turnConnection(current, existing, shown, after, now);
    }
    confirm(compareLock(current, existing));
  }

  /** Who is connected elsewhere now was disconnected before that. */
  private Moment connectedBy(ExistingSession existing) {
    return existing
        .connectTime()
        .filter(time -> !time.isAfter(now.time()))
        .map(time -> new Moment(time, now.uptimeMillis(), now.bootId()))
        .orElse(now);
  }

  /** What is as it was known to be is known from now on at the latest. */
  private void confirm(Session session) {
    Life life = session.life();
    if (life != null && session.condition().state() == life.watch().state()) {
      step.put(session.withLife(life.withWatch(life.watch().knownFrom(now, step.sleep))));
    }
  }

  private static boolean hasChangedSides(Condition before, Condition shown) {
    return before.remote() != null
        && shown.remote() != null
        && !before.remote().equals(shown.remote());
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

  /** By the time that the system tells, if it is after what is known; else when noticed. */
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
    Moment then = TimeRules.between(known, now, time);
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
    Boolean told = existing.data().get(Field.LOCKED);
    if (session.life() == null || told == null) {
      return session;
    }
    Boolean was = session.condition().locked();
    if (was == null) {
      return learn(session, existing);
    }
    if (was.equals(told)) {
      return session;
    }
    EventData.Builder data = EventData.builder(told ? Kind.LOCK : Kind.UNLOCK);
    return turned(session, data, null, Inference.DIRECTORY, lastKnownOf(session.id()), now);
  }

  /** What was not known is known now: nothing happened. */
  private Session learn(Session session, ExistingSession existing) {
    EventData told = existing.data().toBuilder().put(Field.KIND, Kind.SESSION_PRESENT).build();
    Condition condition = LifeRules.conditionAfter(session.condition(), told);
    Session learnt = session.withCondition(condition);
    Life life = session.life();
    if (life != null) {
      learnt = learnt.withLife(life.turned(condition.state(), Turn.between(now, now), step.sleep));
    }
    step.put(learnt);
    return learnt;
  }
}
