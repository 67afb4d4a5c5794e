package io.sessionbridge.sessions;

import io.sessionbridge.event.Kind;
import io.sessionbridge.sessions.state.Life;
import io.sessionbridge.sessions.state.Session;
import io.sessionbridge.sessions.state.User;
import io.sessionbridge.spi.LifeState;
import java.time.Instant;
import java.util.Optional;

/**
 * An open session, as shown on the state board.
 *
 * @param sessionId the system's number
 * @param key the id of its first event
 * @param hasLife whether a user is logged on
 * @param userName without the domain
 * @param userDomain the user's
 * @param account whether the user is a person
 * @param state the current state
 * @param since when that state began
 * @param locked whether it is locked
 * @param connected whether a console or a client is attached
 * @param lastKind the kind of its last event
 * @param lastTime when that was
 */
public record SessionView(
    long sessionId,
    String key,
    boolean hasLife,
    Optional<String> userName,
    Optional<String> userDomain,
    AccountClass account,
    LifeState state,
    Instant since,
    Optional<Boolean> locked,
    Optional<Boolean> connected,
    Kind lastKind,
    Instant lastTime) {

  static SessionView of(Session session) {
    Life life = session.life();
    User user = life == null ? User.UNKNOWN : life.user();
    return new SessionView(
        session.id(),
        session.key(),
        life != null,
        Optional.ofNullable(user.name()),
        Optional.ofNullable(user.domain()),
        session.id() == 0 ? AccountClass.SERVICE : user.accountClass(),
        session.condition().state(),
        session.since(),
        Optional.ofNullable(session.condition().locked()),
        Optional.ofNullable(session.condition().connected()),
        session.lastKind(),
        session.last().time());
  }
}
