package io.sessionbridge.sessions.rules;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.AccountClass;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.sessions.state.Condition;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.SleepClock;
import io.sessionbridge.sessions.state.Turn;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.sessions.state.User.Sameness;

/**
 * Takes an event to the session that it is about: begins, changes or ends the life in it. Whether
 * it is the right session was decided before.
 *
 * @param data the event
 * @param account whose it is
 * @param named whom it names
 * @param user the same, unknown if it is one of Windows' own
 * @param at when
 * @param turn when, for the durations
 */
public record Lives(
    EventData data, AccountClass account, User named, User user, Moment at, Turn turn) {

  public static Lives of(EventData data, Moment at, Turn turn) {
    AccountClass account = AccountClass.of(data);
    User named = User.of(data);
    User user = account == AccountClass.PERSON ? named : User.UNKNOWN;
    return new Lives(data, account, named, user, at, turn);
  }

  private Kind kind() {
    return data.kind();
  }

  /** Whether it is a logon that makes a person the session's owner. */
  boolean isOwnersLogon() {
    return account == AccountClass.PERSON && LifeRules.isOwnersLogon(data);
  }

  /** Whether it says that somebody, by name, is logged on. */
  boolean presentsUser() {
    return kind() == Kind.SESSION_PRESENT
        && user.isKnown()
        && LifeRules.saysLoggedOn(data)
        && !ReportRules.COMPLETED.equals(data.get(Field.REASON));
  }

  /** What Windows' own accounts and other logons do in a session is not its user's doing. */
  boolean isOfOwner(Life life) {
    return (account == AccountClass.PERSON || !named.isKnown())
        && life.user().sameAs(user) != Sameness.DIFFERENT
        && (kind() != Kind.LOGON || isOwnersLogon());
  }

  /** The session after a later report of what was told of it already: who it is may be news. */
  public Session identify(Session session, TrackerSettings settings) {
    Life life = session.life();
    if (life == null || !user.isKnown() || life.user().sameAs(user) == Sameness.DIFFERENT) {
      return session;
    }
    return session.withLife(life.completed(user, data, settings));
  }

  /**
   * The session afterwards.
   *
   * @param fresh whether it is the session's first event
   * @param out the event as it is written, which is told what it ends
   */
  public Session take(
      Session session,
      boolean fresh,
      TrackerSettings settings,
      SleepClock sleep,
      EventData.Builder out) {
    Life life = session.life();
    if (life == null) {
      boolean canBegin = session.isOpen() && session.id() != 0;
      boolean witnessed = isOwnersLogon() || presentsUser();
      if (canBegin && (witnessed || showsUser(fresh))) {
        return begun(session, witnessed, settings, sleep, User.UNKNOWN);
      }
      return LifeRules.turn(session, data, turn, sleep, out);
    }
    if (!isOfOwner(life)) {
      return session;
    }
    if (!life.witnessed() && isOwnersLogon()) {
      return begun(session, true, settings, sleep, life.user());
    }
    life.user().addTo(out);
    return LifeRules.turn(
        session.withLife(life.completed(user, data, settings)), data, turn, sleep, out);
  }

  /** Somebody is logged on, and nobody told since when. */
  private boolean showsUser(boolean fresh) {
    return LifeRules.provesUser(kind())
        && account == AccountClass.PERSON
        && (fresh || user.isKnown());
  }

  private Session begun(
      Session session, boolean witnessed, TrackerSettings settings, SleepClock sleep, User seen) {
    User whole = user.orAlso(seen);
    Condition condition = LifeRules.conditionAfter(session.condition(), data);
    Life life =
        Life.begun(
            whole,
            settings.counts(whole),
            witnessed,
            data,
            kind() == Kind.LOGON || !witnessed ? at.time() : null,
            turn,
            condition.state(),
            sleep);
    if (condition.screenSaver()) {
      life = life.withScreenSaverFrom(turn.exact());
    }
    return session.withCondition(condition).withLife(life);
  }
}
