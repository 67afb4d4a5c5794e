package io.sessionbridge.windows.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Records which queries about each session Windows refused the last time. Safe for use by several
 * threads.
 */
final class Shortages {

  private final Map<Long, Set<String>> ofSessions = new HashMap<>();

  /** Replaces the record of the session. */
  synchronized void set(long sessionId, Set<String> refused) {
    if (refused.isEmpty()) {
      ofSessions.remove(sessionId);
      return;
    }
    ofSessions.put(sessionId, Set.copyOf(refused));
  }

  /** Drops the records of sessions that are gone; those of no particular session stay. */
  synchronized void keepOnly(Collection<Long> sessionIds) {
    ofSessions.keySet().removeIf(id -> id != SessionList.SERVICES && !sessionIds.contains(id));
  }

  /**
   * For instance {@code sessions have fewer fields: WTSQueryUserToken needs SeTcbPrivilege, which
   * LocalSystem has}.
   */
  synchronized Optional<String> problem() {
    Set<String> all = new TreeSet<>();
    ofSessions.values().forEach(all::addAll);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of("sessions have fewer fields: " + String.join("; ", all));
  }
}
