package io.sessionbridge.sessions.reconciliation;

import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.rules.Step;
import io.sessionbridge.sessions.state.Session;
import org.jspecify.annotations.Nullable;

/**
 * What was known before a comparison, and since when.
 *
 * @param now when the sessions that exist were read
 * @param known up to when all was heard; null if nothing ever was
 */
record LastKnown(Step step, Moment now, @Nullable Moment known) {

  /** The last moment at which all is known to have been as it is known. */
  Moment ofAll() {
    return known == null ? now : known;
  }

  /** The last moment at which the session is known to have been as it is known. */
  Moment of(long id) {
    Moment before = ofAll();
    Session session = step.sessions.get(id);
    if (session == null) {
      return before;
    }
    Moment last = session.last();
    boolean ofAnotherClock =
        last.uptimeMillis().isEmpty() && last.time().isAfter(now.time()); // put back since
    return last.millisSince(before) > 0 && !ofAnotherClock ? last : before;
  }

  /** To read the sessions takes a while; who told of one meanwhile knows better. */
  boolean wasHeardSince(Session session) {
    boolean byUptime = session.last().uptimeMillis().isPresent() && now.uptimeMillis().isPresent();
    return byUptime && session.last().millisSince(now) > 0;
  }
}
