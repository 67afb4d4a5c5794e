package io.sessionbridge.spi;

import io.sessionbridge.event.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * An open session. Unknown values are empty and never guessed.
 *
 * @param sessionId the system's number
 * @param userName without the domain
 * @param userDomain the domain of the user
 * @param locked whether it is locked
 * @param connected whether a console or a client is attached
 * @param lastKind the kind of its last event
 * @param lastTime the time of that event
 * @param sessionKey the id of its first event, which all its events carry
 * @param state empty while no user is logged on, and until a source reports it
 * @param since when the state began, by the wall clock; empty if the state is
 */
@Evolving
public record SessionState(
    long sessionId,
    Optional<String> userName,
    Optional<String> userDomain,
    Optional<Boolean> locked,
    Optional<Boolean> connected,
    Kind lastKind,
    Instant lastTime,
    Optional<String> sessionKey,
    Optional<LifeState> state,
    Optional<Instant> since) {

  /** A session without key and state. */
  public SessionState(
      long sessionId,
      Optional<String> userName,
      Optional<String> userDomain,
      Optional<Boolean> locked,
      Optional<Boolean> connected,
      Kind lastKind,
      Instant lastTime) {
    this(
        sessionId,
        userName,
        userDomain,
        locked,
        connected,
        lastKind,
        lastTime,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
