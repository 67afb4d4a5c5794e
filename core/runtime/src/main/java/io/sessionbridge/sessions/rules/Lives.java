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
 * Applies an event to its session: begins, changes or ends the life in it. The session has been
 * determined before.
 *
 * @param data the event
 * @param account the class of its account
 * @param named the user that it names
 * @param user the same, or unknown for an account of Windows
 * @param at when it happened
 * @param turn the same, for durations
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

  /** Whether it says that a named user is logged on. */
  boolean presentsUser() {
    return kind() == Kind.SESSION_PRESENT
        && user.isKnown()
        && LifeRules.saysLoggedOn(data)
        && !ReportRules.COMPLETED.equals(data.get(Field.REASON));
  }

  /** Whether the event is the owner's, not one of a Windows account or of another logon. */
  boolean isOfOwner(Life life) {
    return (account == AccountClass.PERSON || !named.isKnown())
        && life.user().sameAs(user) != Sameness.DIFFERENT
        && (kind() != Kind.LOGON || isOwnersLogon());
  }

  /** The session after a repeated report, which may add the name of the user. */
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
   * @param out the event as it is written; gets the durations that it ends
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

  /** Whether it shows a user whose logon was not reported. */
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
