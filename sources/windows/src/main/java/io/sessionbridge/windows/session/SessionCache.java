package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the facts of each session, for when Windows no longer has them: at a logoff the names
 * may already be gone, and at the end of a session everything is.
 *
 * <p>Session numbers are reused, so remembered facts count only for the same logon (see {@link
 * SessionFacts#isSameLife}). Ended sessions are kept until their number is reused, because several
 * sources report the same end. Safe for use by several threads.
 */
final class SessionCache {

  /** More than the sessions of any machine; the least recently used one is evicted. */
  static final int MOST = 1024;

  /**
   * The remembered facts of a session.
   *
   * @param left where the user was connected before, while the session is disconnected: every
   *     source that reports the disconnect includes it, later events do not
   */
  private record Known(SessionFacts facts, boolean ended, @Nullable SessionFacts left) {}

  private final Map<Long, Known> sessions =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
          return size() > MOST;
        }
      };

  static boolean ends(SessionCode change) {
    return change == SessionCode.SESSION_LOGOFF || change == SessionCode.SESSION_TERMINATE;
  }

  private static boolean leavesItsPlace(SessionCode change) {
    return change == SessionCode.CONSOLE_DISCONNECT || change == SessionCode.REMOTE_DISCONNECT;
  }

  /** The facts of the session that had this number before, if it was a different logon. */
  synchronized Optional<SessionFacts> earlier(SessionFacts fresh) {
    return Optional.ofNullable(sessions.get(fresh.sessionId()))
        .map(Known::facts)
        .filter(facts -> !facts.isSameLife(fresh));
  }

  /**
   * Completes the facts from Windows with the remembered ones, and remembers the result.
   *
   * @param change the reported change; empty if only the state was queried
   */
  synchronized SessionFacts complete(SessionFacts fresh, Optional<SessionCode> change) {
    Optional<Known> known =
        Optional.ofNullable(sessions.get(fresh.sessionId()))
            .filter(one -> one.facts().isSameLife(fresh));
    if (change.filter(SessionCache::ends).isPresent()) {
      SessionFacts last =
          known
              .map(Known::facts)
              .map(facts -> fresh.withUserOf(facts).withPlaceOf(facts))
              .orElse(fresh);
      remember(last, true, null);
      return last;
    }
    if (fresh.station().loggedOn().equals(Optional.of(false))) {
      return fresh; // keep the remembered facts: the logoff may still be reported
    }
    Optional<Known> alive = known.filter(one -> !one.ended());
    SessionFacts now = alive.map(Known::facts).map(fresh::withUserOf).orElse(fresh);
    if (change.filter(SessionCache::leavesItsPlace).isPresent()) {
      SessionFacts left = alive.map(SessionCache::place).orElse(now);
      remember(now, false, left);
      return now.withPlaceOf(left);
    }
    remember(now, false, now.isDisconnected() ? alive.map(Known::left).orElse(null) : null);
    return now;
  }

  private static SessionFacts place(Known known) {
    return known.left() == null ? known.facts() : known.left();
  }

  private void remember(SessionFacts facts, boolean ended, @Nullable SessionFacts left) {
    sessions.put(facts.sessionId(), new Known(facts, ended, left));
  }
}
