package io.sessionbridge.spi;

import io.sessionbridge.event.Kind;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as last reported. What is not known is empty and never guessed.
 *
 * @param sessionId the system's number
 * @param userName without the domain
 * @param userDomain the user's
 * @param locked whether it is locked
 * @param connected whether a console or a client is attached
 * @param lastKind the last event
 * @param lastTime when that happened
 */
public record SessionState(
    long sessionId,
    Optional<String> userName,
    Optional<String> userDomain,
    Optional<Boolean> locked,
    Optional<Boolean> connected,
    Kind lastKind,
    Instant lastTime) {}
