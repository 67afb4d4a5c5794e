package io.sessionbridge.spi;

import io.sessionbridge.event.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that is open. What is not known is empty and never guessed.
 *
 * @param sessionId the system's number
 * @param userName without the domain
 * @param userDomain the user's
 * @param locked whether it is locked
 * @param connected whether a console or a client is attached
 * @param lastKind the last event
 * @param lastTime when that happened
 * @param sessionKey the id of its first event, which its events carry
 * @param state what it does; empty while no user is logged on, and while nobody told
 * @param since when the state began, by the wall clock; empty where the state is
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

  /** A session of which no more is known than what its events said. */
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
