package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.state.FloodWindow;
import io.sessionbridge.sessions.state.Former;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.Turn;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.sessions.state.User.Sameness;
import org.jspecify.annotations.Nullable;

/**
 * Applies one report of one session to the working copy: whether it repeats another report, which
 * life it belongs to, which events must have happened before it, and which durations it ends. Used
 * once.
 */
public final class ReportRules {

  public static final String COMPLETED = "completed";

  /** The first of the numbers that mean "any" and "none" in Windows. */
  private static final long ANY_SESSION = 0xFFFF_FFFEL;

  private static final long STALE_PRESENT_MILLIS = 10_000;
  private static final int SENS_LOGON_CODE_LIMIT = 20;

  private final Step step;
  private final Observation seen;
  private final EventData data;
  private final Kind kind;
  private final Moment now;
  private final Reporter reporter;
  private final String channel;
  private final Lives event;
  private final User user;
  private final @Nullable Concluded concluded;
  private final ReportOutput output;

  /**
   * The source of an unreported event that the system's log contains.
   *
   * @param evidence the name of the record
   * @param after when the opposite was last known
   */
  public record Concluded(String evidence, Moment after) {}

  private ReportRules(
      Step step,
      Observation seen,
      EventData data,
      Moment now,
      Reporter reporter,
      String channel,
      @Nullable Concluded concluded) {
    this.step = step;
    this.seen = seen;
    this.data = data;
    this.kind = data.kind();
    this.now = now;
    this.reporter = reporter;
    this.channel = channel;
    this.event = Lives.of(data, now, turn(now, concluded));
    this.user = event.user();
    this.concluded = concluded;
    this.output = new ReportOutput(step, seen, event, concluded);
  }

  /** If the end of the previous state is unknown, it counts as long as it was known to last. */
  private static Turn turn(Moment then, @Nullable Concluded concluded) {
    return concluded == null || then.uptimeMillis().isPresent()
        ? Turn.at(then)
        : Turn.after(concluded.after(), then.time());
  }

  public static ReportRules of(Step step, Report report, Moment now) {
    Observation seen = report.observation();
    Reporter reporter = reporter(report);
    String channel =
        reporter == Reporter.SENS_USER ? report.sourceId() + "#user" : report.sourceId();
    return new ReportRules(
        step, seen, withSide(step, seen.data(), reporter), now, reporter, channel, null);
  }

  /** A record of the system's log, treated as a report of that time. */
  public static ReportRules of(Step step, Observation record, Moment then, Concluded concluded) {
    return new ReportRules(
        step, record, record.data(), then, Reporter.TRACKER, concluded.evidence(), concluded);
  }

  /** A report whose session has been determined. */
  static ReportRules ofNamed(
      Step step, Observation seen, EventData named, Moment now, Reporter reporter, String channel) {
    return new ReportRules(step, seen, named, now, reporter, channel, null);
  }

  public static Reporter reporter(Report report) {
    Observation seen = report.observation();
    if (!seen.live()) {
      return Reporter.RECORD;
    }
    if (!report.sourceType().equals("sens")) {
      return Reporter.NOTIFICATION;
    }
    Long code = seen.data().get(Field.RAW_CODE);
    boolean original =
        code == null ? !seen.data().has(Field.SESSION_ID) : code < SENS_LOGON_CODE_LIMIT;
    return original ? Reporter.SENS_USER : Reporter.SENS_SESSION;
  }

  /** SENS does not know whether a disconnected session was local or remote. */
  private static EventData withSide(Step step, EventData data, Reporter reporter) {
    Long id = data.get(Field.SESSION_ID);
    if (reporter != Reporter.SENS_SESSION || id == null || !LifeRules.isDisconnect(data.kind())) {
      return data;
    }
    Session session = step.sessions.get(id);
    Boolean remote = session == null ? null : session.condition().remote();
    if (remote == null) {
      return data;
    }
    Kind kind = remote ? Kind.REMOTE_DISCONNECT : Kind.CONSOLE_DISCONNECT;
    return kind == data.kind() ? data : data.toBuilder().put(Field.KIND, kind).build();
  }

  /** Whether the number is not a valid session number. */
  public static boolean isImpossible(long id) {
    return id < 0 || id >= ANY_SESSION;
  }

  public void apply() {
    Long id = data.get(Field.SESSION_ID);
    if (id == null) {
      new NamelessRules(step, seen, data, now, reporter, channel, user).apply();
      return;
    }
    if (isGuessedLogoff(id)) {
      EventData nameless = data.toBuilder().remove(Field.SESSION_ID).build();
      new NamelessRules(step, seen, nameless, now, reporter, channel, user).apply();
      return;
    }
    Session known = step.sessions.get(id);
    RepeatedReport repeated = new RepeatedReport(step, data, now, reporter, channel, event, output);
    if (known != null && repeated.isOf(known)) {
      return;
    }
    boolean completes = known != null && repeated.completesNameless(known);
    if (known != null && isLateOfFormer(known)) {
      writeWithKey(known.former() == null ? known.key() : known.former().key());
      return;
    }
    Session session = owner(id, known);
    boolean fresh = known == null || !known.key().equals(session.key());
    apply(session, fresh, completes);
  }

  /**
   * {@code ISensLogon} names only the user. After a logoff the system lists only the remaining
   * sessions, so the session found for it may be a wrong one.
   */
  private boolean isGuessedLogoff(long id) {
    if (reporter != Reporter.SENS_USER || kind != Kind.LOGOFF) {
      return false;
    }
    Session session = step.sessions.get(id);
    return session != null
        && session.life() != null
        && NamelessRules.sessionsOf(step, user).stream().anyMatch(other -> isMeant(other, id));
  }

  /** Whether the report may mean another session of the user. */
  private boolean isMeant(Session other, long id) {
    return other.id() != id
        && (other.isOpen() || now.millisSince(other.last()) <= Correlation.SENS_WINDOW.toMillis());
  }

  /** The original report, if it was written as the completion of one without a session number. */
  static EventData asReported(EventData written) {
    if (written.kind() != Kind.SESSION_PRESENT || !COMPLETED.equals(written.get(Field.REASON))) {
      return written;
    }
    return written
        .find(Field.EVIDENCE)
        .flatMap(Kind::ofWireName)
        .map(kind -> written.toBuilder().put(Field.KIND, kind).remove(Field.REASON).build())
        .orElse(written);
  }

  private boolean isLateOfFormer(Session session) {
    Former former = session.former();
    return former != null
        && !Correlation.isBegin(kind)
        && user.isKnown()
        && session.life() != null
        && session.life().user().sameAs(user) == Sameness.DIFFERENT
        && former.user().sameAs(user) == Sameness.SAME;
  }

  private void writeWithKey(String key) {
    step.write(output.observation(output.stamped(data.toBuilder(), key)));
  }

  /** The session of the report, after the events that must have happened before it. */
  private Session owner(long id, @Nullable Session known) {
    if (known == null) {
      return started(id, null);
    }
    if (!known.isOpen()) {
      return beginsAnew(known) ? started(id, known.asFormer()) : known;
    }
    Life life = known.life();
    if (life == null) {
      return known;
    }
    if (kind == Kind.SESSION_PRESENT && !user.isKnown() && LifeRules.saysNobodyLoggedOn(data)) {
      return inferLogoff(known);
    }
    return isOfAnother(life) ? started(id, inferLogoff(known).asFormer()) : known;
  }

  private Session started(long id, @Nullable Former former) {
    String given = data.get(Field.SESSION_KEY);
    String key = given == null ? step.nextId(seen.origin()) : given;
    return Session.started(id, key, former, kind, now);
  }

  private boolean beginsAnew(Session closed) {
    if (!Correlation.isBegin(kind)) {
      return false;
    }
    if (closed.phase() == Session.Phase.TERMINATED) {
      return true;
    }
    if (kind == Kind.LOGON) {
      return event.isOwnersLogon();
    }
    if (kind == Kind.SESSION_PRESENT) {
      boolean stale =
          closed.lastUser().sameAs(user) == Sameness.SAME
              && now.millisSince(closed.last()) < STALE_PRESENT_MILLIS;
      return event.presentsUser() && !stale;
    }
    return true;
  }

  /** Whether it shows that the session has another user now. */
  private boolean isOfAnother(Life life) {
    Sameness same = life.user().sameAs(user);
    if (event.isOwnersLogon()) {
      return same == Sameness.DIFFERENT || !life.isLogonAt(data.get(Field.LOGON_TIME), now.time());
    }
    if (event.presentsUser()) {
      return same == Sameness.DIFFERENT || !life.isLogonAt(data.get(Field.LOGON_TIME), null);
    }
    return same == Sameness.DIFFERENT && (LifeRules.provesUser(kind) || LifeRules.isConnect(kind));
  }

  /** Writes an unreported logoff, which was before the logon of the current user. */
  private Session inferLogoff(Session session) {
    Moment before =
        data.find(Field.LOGON_TIME)
            .filter(logon -> !logon.isAfter(now.time()))
            .map(logon -> new Moment(logon, now.uptimeMillis(), now.bootId()))
            .orElse(now);
    Turn turn = Turn.between(session.last(), before);
    return Inference.logoff(step, session, turn, kind.wireName(), session.last());
  }

  private void apply(Session session, boolean fresh, boolean completes) {
    EventData.Builder out = output.stamped(data.toBuilder(), session.key());
    Session after = event.take(session, fresh, step.settings, step.sleep, out);
    boolean turnsLife = (session.life() == null) != (after.life() == null);
    finish(after.withLast(kind, now), out, turnsLife, completes);
  }

  private void finish(Session after, EventData.Builder out, boolean turnsLife, boolean completes) {
    Session counted = after;
    if (seen.live() && concluded == null) {
      FloodWindow flood = after.flood();
      if (flood.isOver(now) && flood.folded() == 0) {
        flood = FloodWindow.startedAt(now);
      }
      if (flood.isFull() && !turnsLife) {
        fold(after, flood);
        return;
      }
      counted = after.withFlood(flood.withWritten());
    }
    if (completes) {
      out.remove(Field.RAW_CODE).put(Field.EVIDENCE, kind.wireName());
      addState(after, out.put(Field.KIND, Kind.SESSION_PRESENT));
    }
    step.write(output.observation(out));
    if (Correlation.isCorrelated(kind)) {
      counted =
          counted.withRecents(
              counted.recents().with(RecentReport.of(kind, reporter, now, channel, data)));
    }
    step.put(counted);
  }

  private void fold(Session after, FloodWindow flood) {
    step.flooded++;
    if (flood.folded() == 0) {
      step.addFlooding(after.id());
    }
    step.put(after.withFlood(flood.withFolded()));
  }

  /** Adds the state that the original kind implies. */
  private static void addState(Session after, EventData.Builder out) {
    out.put(Field.REASON, COMPLETED).put(Field.LOCKED, after.condition().locked());
    Boolean connected = after.condition().connected();
    if (after.life() != null && connected != null && !out.has(Field.SESSION_STATE)) {
      out.put(Field.SESSION_STATE, connected ? "active" : "disconnected");
    }
  }
}
