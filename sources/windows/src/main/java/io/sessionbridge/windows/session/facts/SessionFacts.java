package io.sessionbridge.windows.session.facts;

import java.util.Optional;

/**
 * The known facts of a session. A fact is empty unless Windows reported it: without the rights of
 * LocalSystem there are fewer, and for a session that is about to end almost none.
 *
 * @param sessionId reused after the session ends; {@link #isSameLife} distinguishes the logons
 */
public record SessionFacts(
    long sessionId, StationFacts station, ClientFacts client, UserFacts user, LogonFacts logon) {

  /** A session without any known facts. */
  public static SessionFacts unknown(long sessionId) {
    return new SessionFacts(
        sessionId, StationFacts.NONE, ClientFacts.NONE, UserFacts.NONE, LogonFacts.NONE);
  }

  /** Whether both may describe the same logon of the same session. */
  public boolean isSameLife(SessionFacts other) {
    if (sessionId != other.sessionId) {
      return false;
    }
    if (logon.time().isPresent() && other.logon.time().isPresent()) {
      return logon.time().equals(other.logon.time());
    }
    return user.name().isEmpty() || other.user.name().isEmpty() || user.isSame(other.user);
  }

  public boolean isDisconnected() {
    return station.state().equals(Optional.of(ConnectState.DISCONNECTED));
  }

  /** Returns these facts, completed with the others' user and logon. */
  public SessionFacts withUserOf(SessionFacts others) {
    return new SessionFacts(
        sessionId, station, client, user.or(others.user), logon.or(others.logon));
  }

  /** Returns these facts, completed with the others' station and client. */
  public SessionFacts withPlaceOf(SessionFacts others) {
    return new SessionFacts(
        sessionId, station.placeOr(others.station), client.or(others.client), user, logon);
  }
}
