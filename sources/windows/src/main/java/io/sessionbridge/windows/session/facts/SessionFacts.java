package io.sessionbridge.windows.session.facts;

import java.util.Optional;

/**
 * What is known of a session. Everything is absent unless Windows said it: without the rights of
 * LocalSystem that is less, and of a session that is about to end next to nothing.
 *
 * @param sessionId used again after the session's end; {@link #isSameLife} tells lives apart
 */
public record SessionFacts(
    long sessionId, StationFacts station, ClientFacts client, UserFacts user, LogonFacts logon) {

  /** Of a session of which nothing is known. */
  public static SessionFacts unknown(long sessionId) {
    return new SessionFacts(
        sessionId, StationFacts.NONE, ClientFacts.NONE, UserFacts.NONE, LogonFacts.NONE);
  }

  /** Whether both may be about the same logon of the same session. */
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

  /** These, and of the user and the logon what only the others know. */
  public SessionFacts withUserOf(SessionFacts others) {
    return new SessionFacts(
        sessionId, station, client, user.or(others.user), logon.or(others.logon));
  }

  /** These, and of the place where the user sat what only the others know. */
  public SessionFacts withPlaceOf(SessionFacts others) {
    return new SessionFacts(
        sessionId, station.placeOr(others.station), client.or(others.client), user, logon);
  }
}
