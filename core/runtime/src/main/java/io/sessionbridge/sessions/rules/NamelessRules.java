package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.AccountClass;
import io.sessionbridge.sessions.Correlation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.state.RecentReport;
import io.sessionbridge.sessions.state.Recents;
import io.sessionbridge.sessions.state.Recents.Lock;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.sessions.state.User.Sameness;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies a report without a session number. It never begins or ends a life. If its user has one
 * session, it belongs to that one; if several, it is marked as ambiguous.
 */
final class NamelessRules {

  /** Kinds that change a session and not its life. */
  private static final Set<Kind> OF_ONE_SESSION =
      EnumSet.of(Kind.LOCK, Kind.UNLOCK, Kind.SCREENSAVER_START, Kind.SCREENSAVER_STOP);

  private final Step step;
  private final Observation seen;
  private final EventData data;
  private final Kind kind;
  private final Moment now;
  private final Reporter reporter;
  private final String channel;
  private final User user;

  NamelessRules(
      Step step,
      Observation seen,
      EventData data,
      Moment now,
      Reporter reporter,
      String channel,
      User user) {
    this.step = step;
    this.seen = seen;
    this.data = data;
    this.kind = data.kind();
    this.now = now;
    this.reporter = reporter;
    this.channel = channel;
    this.user = user;
  }

  void apply() {
    List<Session> sessions = user.isKnown() ? sessionsOf(step, user) : List.of();
    if (step.settings.correlate()
        && Correlation.isCorrelated(kind)
        && (repeatsKnown(sessions) || repeatsNameless())) {
      step.correlated++;
      return;
    }
    Session unnamed = loggedOnUnnamed();
    if (unnamed != null) {
      applyTo(unnamed);
      return;
    }
    List<Session> lives = sessions.stream().filter(session -> session.life() != null).toList();
    if (OF_ONE_SESSION.contains(kind) && lives.size() == 1) {
      applyTo(lives.get(0));
      return;
    }
    write(lives.size() > 1);
  }

  /** The sessions of the user, including closed ones. */
  static List<Session> sessionsOf(Step step, User user) {
    List<Session> found = new ArrayList<>();
    if (user.name() == null && user.upn() == null) {
      step.sessions.forEach(session -> addIfOf(session, user, found));
      return found;
    }
    for (Long id : step.users.candidates(user)) {
      Session session = step.sessions.get(id);
      if (session != null) {
        addIfOf(session, user, found);
      }
    }
    return found;
  }

  private static void addIfOf(Session session, User user, List<Session> found) {
    User owner = session.owner();
    if (owner.isKnown() && owner.sameAs(user) == Sameness.SAME) {
      found.add(session);
    }
  }

  /** Matches the report with the oldest event of the user's sessions that it can repeat. */
  private boolean repeatsKnown(List<Session> sessions) {
    Session best = null;
    int bestAt = Recents.NEW;
    for (Session session : sessions) {
      int at =
          session
              .recents()
              .find(kind, reporter, channel, now, report -> report.canBeOf(user), Lock.UNKNOWN);
      if (at >= 0 && (best == null || isOlder(session, at, best, bestAt))) {
        best = session;
        bestAt = at;
      }
    }
    if (best == null) {
      return false;
    }
    RecentReport repeated = best.recents().get(bestAt).reportedBy(reporter, channel);
    step.put(best.withRecents(best.recents().replaced(bestAt, repeated)));
    return true;
  }

  private static boolean isOlder(Session one, int at, Session other, int otherAt) {
    return one.recents().get(at).at().millisSince(other.recents().get(otherAt).at()) < 0;
  }

  private boolean repeatsNameless() {
    int at =
        step.recents.find(
            kind,
            reporter,
            channel,
            now,
            report -> report.user().sameAs(user) == Sameness.SAME,
            Lock.UNKNOWN);
    if (at < 0) {
      return false;
    }
    step.recents = step.recents.replaced(at, step.recents.get(at).reportedBy(reporter, channel));
    return true;
  }

  /** The only session with a recent logon whose user is still unknown. */
  private @Nullable Session loggedOnUnnamed() {
    if (kind != Kind.LOGON || !user.isKnown() || !step.settings.correlate()) {
      return null;
    }
    List<Session> found = new ArrayList<>();
    step.sessions.forEach(
        session -> {
          if (session.life() != null
              && !session.life().user().isKnown()
              && session.recents().find(kind, reporter, channel, now, any -> true, Lock.UNKNOWN)
                  >= 0) {
            found.add(session);
          }
        });
    return found.size() == 1 ? found.get(0) : null;
  }

  private void applyTo(Session session) {
    EventData named =
        data.toBuilder().put(Field.SESSION_ID, session.id()).remove(Field.AMBIGUOUS).build();
    ReportRules.ofNamed(step, seen, named, now, reporter, channel).apply();
  }

  private void write(boolean ambiguous) {
    EventData.Builder out = data.toBuilder();
    if (ambiguous) {
      out.put(Field.AMBIGUOUS, true);
    }
    AccountClass.of(data).wireName().ifPresent(type -> out.put(Field.ACCOUNT_TYPE, type));
    step.write(
        new Observation(seen.live(), seen.time(), out.build(), seen.position(), seen.origin()));
    if (user.isKnown() && Correlation.isCorrelated(kind)) {
      step.recents = step.recents.with(RecentReport.of(kind, reporter, now, channel, data));
    }
  }
}
