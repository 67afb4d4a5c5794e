package io.sessionbridge.sessions.reconciliation;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.rules.Step;
import io.sessionbridge.sessions.state.Session;
import org.jspecify.annotations.Nullable;

/**
 * The known state before a comparison, and its time.
 *
 * @param now when the existing sessions were read
 * @param known up to when nothing was missed; null if nothing was ever reported
 */
record LastKnown(Step step, Moment now, @Nullable Moment known) {

  /** The last moment for which the whole known state is certain. */
  Moment ofAll() {
    return known == null ? now : known;
  }

  /** The last moment for which the known state of the session is certain. */
  Moment of(long id) {
    Moment before = ofAll();
    Session session = step.sessions.get(id);
    if (session == null) {
      return before;
    }
    Moment last = session.last();
    boolean ofAnotherClock =
        last.uptimeMillis().isEmpty()
            && last.time().isAfter(now.time()); // the clock was set back since
    return last.millisSince(before) > 0 && !ofAnotherClock ? last : before;
  }

  /** Whether a newer report of the session arrived while the sessions were read. */
  boolean wasReportedSince(Session session) {
    boolean byUptime = session.last().uptimeMillis().isPresent() && now.uptimeMillis().isPresent();
    return byUptime && session.last().millisSince(now) > 0;
  }
}
