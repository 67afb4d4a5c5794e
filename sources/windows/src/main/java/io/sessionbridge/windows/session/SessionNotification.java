package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@link SessionMonitor} tells a program.
 *
 * @param time when it was heard
 * @param change empty if nothing happened and this is how things are
 * @param session who is behind the session; of one that ended, who that was
 * @param confirmed whether Windows, asked afterwards, agrees with the change; empty if it does not
 *     tell. Any program of the same desktop can send changes that did not happen.
 */
public record SessionNotification(
    Instant time,
    Optional<SessionChange> change,
    SessionFacts session,
    Optional<Boolean> confirmed) {

  /** The change by its name; empty if there was none or it has no name. */
  public Optional<SessionCode> code() {
    return change.flatMap(known -> SessionCode.of(known.code()));
  }
}
