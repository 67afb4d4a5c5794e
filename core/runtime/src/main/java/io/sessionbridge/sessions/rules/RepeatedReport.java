package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.state.Former;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Recents;
import io.sessionbridge.sessions.state.Recents.Lock;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.sessions.state.User.Sameness;

/** Determines whether a report repeats an event that was written already. Used once. */
final class RepeatedReport {

  private final Step step;
  private final EventData data;
  private final Kind kind;
  private final Moment now;
  private final Reporter reporter;
  private final String channel;
  private final Lives event;
  private final ReportOutput output;

  RepeatedReport(
      Step step,
      EventData data,
      Moment now,
      Reporter reporter,
      String channel,
      Lives event,
      ReportOutput output) {
    this.step = step;
    this.data = data;
    this.kind = data.kind();
    this.now = now;
    this.reporter = reporter;
    this.channel = channel;
    this.event = event;
    this.output = output;
  }

  /** Whether it repeats a written event; if so, counts and absorbs it. */
  boolean isOf(Session session) {
    if (!correlates()) {
      return false;
    }
    Former former = session.former();
    if (former != null && !isPastFormer(session)) {
      int at = former.recents().find(kind, reporter, channel, now, this::canBe, lock());
      if (at >= 0) {
        RecentReport report = former.recents().get(at).reportedBy(reporter, channel);
        Recents updated = former.recents().replaced(at, report);
        step.put(session.withFormer(new Former(former.key(), former.user(), updated)));
        step.correlated++;
        return true;
      }
    }
    int at = session.recents().find(kind, reporter, channel, now, this::canBe, lock());
    if (at >= 0) {
      absorb(session, at);
      return true;
    }
    return false;
  }

  /**
   * A source that reports in order and has reported this session's begin is past the former one.
   * SENS calls can overtake each other.
   */
  private boolean isPastFormer(Session session) {
    boolean inOrder = reporter == Reporter.NOTIFICATION || reporter == Reporter.RECORD;
    return inOrder && session.recents().hasBegunBy(channel);
  }

  /** Reports of two users are two events. */
  private boolean canBe(RecentReport report) {
    return report.canBeOf(event.named());
  }

  private Lock lock() {
    Boolean locked = data.get(Field.LOCKED);
    if (locked == null || kind != Kind.LOCK && kind != Kind.UNLOCK) {
      return Lock.UNKNOWN;
    }
    return locked == (kind == Kind.LOCK) ? Lock.CONFIRMED : Lock.DENIED;
  }

  /** Counts a repeated report, and writes only the facts that it adds. */
  private void absorb(Session session, int at) {
    step.correlated++;
    RecentReport first = session.recents().get(at);
    boolean newClient =
        !first.namesClient() && (data.has(Field.CLIENT_NAME) || data.has(Field.CLIENT_ADDRESS));
    Session identified = event.identify(session, step.settings);
    boolean newUser =
        !first.namesUser() && !session.owner().isKnown() && identified.owner().isKnown();
    RecentReport report = first.reportedBy(reporter, channel);
    if (newUser || newClient) {
      report = report.completed();
      EventData.Builder out = data.toBuilder().remove(Field.RAW_CODE);
      Boolean locked = session.condition().locked();
      if (locked != null && !locked.equals(data.get(Field.LOCKED))) {
        out.remove(Field.LOCKED); // a late report has an outdated value
      }
      step.write(
          output.observation(
              output
                  .stamped(out, session.key())
                  .put(Field.KIND, Kind.SESSION_PRESENT)
                  .put(Field.REASON, ReportRules.COMPLETED)));
    }
    step.put(identified.withRecents(identified.recents().replaced(at, report)));
  }

  /** Whether it completes an earlier report without a session number. */
  boolean completesNameless(Session session) {
    if (!correlates() || kind == Kind.LOGON || kind == Kind.LOGOFF && session.life() == null) {
      return false;
    }
    User user = event.user();
    User owner = session.life() == null || user.isKnown() ? user : session.life().user();
    int at =
        step.recents.find(
            kind,
            reporter,
            channel,
            now,
            report -> report.user().isKnown() && report.user().sameAs(owner) == Sameness.SAME,
            lock());
    if (at < 0) {
      return false;
    }
    step.recents = step.recents.replaced(at, step.recents.get(at).reportedBy(reporter, channel));
    step.correlated++;
    return true;
  }

  private boolean correlates() {
    return step.settings.correlate() && Correlation.isCorrelated(kind);
  }
}
