package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Teller;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.state.Former;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Recents;
import io.sessionbridge.sessions.state.Recents.Lock;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.sessions.state.User.Sameness;

/** Finds out whether a report of a session tells of what was written already. Used once. */
final class RepeatedReport {

  private final Step step;
  private final EventData data;
  private final Kind kind;
  private final Moment now;
  private final Teller teller;
  private final String channel;
  private final Lives event;
  private final ReportOutput output;

  RepeatedReport(
      Step step,
      EventData data,
      Moment now,
      Teller teller,
      String channel,
      Lives event,
      ReportOutput output) {
    this.step = step;
    this.data = data;
    this.kind = data.kind();
    this.now = now;
    this.teller = teller;
    this.channel = channel;
    this.event = event;
    this.output = output;
  }

  /** Whether it is another report of what was written; then it is counted and taken in here. */
  boolean isOf(Session session) {
    if (!correlates()) {
      return false;
    }
    Former former = session.former();
    if (former != null && !isPastFormer(session)) {
      int at = former.recents().find(kind, teller, channel, now, this::canBe, lock());
      if (at >= 0) {
        RecentReport report = former.recents().get(at).toldBy(teller, channel);
        Recents told = former.recents().replaced(at, report);
        step.put(session.withFormer(new Former(former.key(), former.user(), told)));
        step.correlated++;
        return true;
      }
    }
    int at = session.recents().find(kind, teller, channel, now, this::canBe, lock());
    if (at >= 0) {
      absorb(session, at);
      return true;
    }
    return false;
  }

  /** Who told of this session's begin tells of the former one no more; calls of SENS overtake. */
  private boolean isPastFormer(Session session) {
    boolean inOrder = teller == Teller.NOTIFICATION || teller == Teller.RECORD;
    return inOrder && session.recents().hasBegunBy(channel);
  }

  /** Reports of two users are two happenings. */
  private boolean canBe(RecentReport report) {
    return report.canBeOf(event.named());
  }

  private Lock lock() {
    Boolean locked = data.get(Field.LOCKED);
    if (locked == null || kind != Kind.LOCK && kind != Kind.UNLOCK) {
      return Lock.NOT_TOLD;
    }
    return locked == (kind == Kind.LOCK) ? Lock.CONFIRMED : Lock.DENIED;
  }

  /** The second report of a happening: counted, and written only for what it alone knows. */
  private void absorb(Session session, int at) {
    step.correlated++;
    RecentReport first = session.recents().get(at);
    boolean newClient =
        !first.namesClient() && (data.has(Field.CLIENT_NAME) || data.has(Field.CLIENT_ADDRESS));
    Session told = event.identify(session, step.settings);
    boolean newUser = !first.namesUser() && !session.owner().isKnown() && told.owner().isKnown();
    RecentReport report = first.toldBy(teller, channel);
    if (newUser || newClient) {
      report = report.completed();
      EventData.Builder out = data.toBuilder().remove(Field.RAW_CODE);
      Boolean locked = session.condition().locked();
      if (locked != null && !locked.equals(data.get(Field.LOCKED))) {
        out.remove(Field.LOCKED); // it was so at a report that is late
      }
      step.write(
          output.observation(
              output
                  .stamped(out, session.key())
                  .put(Field.KIND, Kind.SESSION_PRESENT)
                  .put(Field.REASON, ReportRules.COMPLETED)));
    }
    step.put(told.withRecents(told.recents().replaced(at, report)));
  }

  /** Whether it says which session a report meant that named none. */
  boolean completesNameless(Session session) {
    if (!correlates() || kind == Kind.LOGON || kind == Kind.LOGOFF && session.life() == null) {
      return false;
    }
    User user = event.user();
    User owner = session.life() == null || user.isKnown() ? user : session.life().user();
    int at =
        step.recents.find(
            kind,
            teller,
            channel,
            now,
            report -> report.user().isKnown() && report.user().sameAs(owner) == Sameness.SAME,
            lock());
    if (at < 0) {
      return false;
    }
    step.recents = step.recents.replaced(at, step.recents.get(at).toldBy(teller, channel));
    step.correlated++;
    return true;
  }

  private boolean correlates() {
    return step.settings.correlate() && Correlation.isCorrelated(kind);
  }
}
