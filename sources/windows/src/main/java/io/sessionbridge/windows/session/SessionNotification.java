package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * A notification of {@link SessionMonitor}.
 *
 * @param time when it was received
 * @param change empty if this reports an existing session
 * @param session the session's facts; for an ended session the last known ones
 * @param confirmed whether Windows, queried afterwards, agrees with the change; empty if it does
 *     not report the state. Any program on the same desktop can forge changes
 */
public record SessionNotification(
    Instant time,
    Optional<SessionChange> change,
    SessionFacts session,
    Optional<Boolean> confirmed) {

  /** The change by name; empty if there is none or it has no name. */
  public Optional<SessionCode> code() {
    return change.flatMap(known -> SessionCode.of(known.code()));
  }
}
