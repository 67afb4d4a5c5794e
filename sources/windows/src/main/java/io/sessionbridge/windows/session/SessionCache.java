package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.SessionFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who was behind each session, for when Windows does not know any more: at a logoff the
 * names may be gone already, at the end of a session everything is.
 *
 * <p>Numbers of sessions are used again, so what is remembered counts only for the same logon (see
 * {@link SessionFacts#isSameLife}). What ended is kept until the number is used again, because
 * several sources report the same end. Safe for use by several threads.
 */
final class SessionCache {

  /** More than the sessions of any machine; the one not asked for longest goes. */
  static final int MOST = 1024;

  /**
   * What is remembered of a session.
   *
   * @param left where the user sat before, as long as the session is disconnected: every source
   *     that tells the disconnection shall say it, and what comes later shall not
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

  /** Who was in the session before those who are there by now. */
  synchronized Optional<SessionFacts> earlier(SessionFacts fresh) {
    return Optional.ofNullable(sessions.get(fresh.sessionId()))
        .map(Known::facts)
        .filter(facts -> !facts.isSameLife(fresh));
  }

  /**
   * Completes what Windows said with what is remembered, and remembers that.
   *
   * @param change what happened to the session; empty if only its state was asked for
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
      return fresh; // what is remembered waits for the logoff, which may be told later
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
