package io.sessionbridge.windows.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Remembers what Windows refused to tell of each session when it was last asked. Safe for use by
 * several threads.
 */
final class Shortages {

  private final Map<Long, Set<String>> ofSessions = new HashMap<>();

  /** Instead of what was remembered of the session. */
  synchronized void set(long sessionId, Set<String> refused) {
    if (refused.isEmpty()) {
      ofSessions.remove(sessionId);
      return;
    }
    ofSessions.put(sessionId, Set.copyOf(refused));
  }

  /** What was refused of sessions that are gone is asked no more; what is of none stays. */
  synchronized void keepOnly(Collection<Long> sessionIds) {
    ofSessions.keySet().removeIf(id -> id != SessionList.SERVICES && !sessionIds.contains(id));
  }

  /**
   * For instance {@code sessions have fewer facts: WTSQueryUserToken needs SeTcbPrivilege, which
   * LocalSystem has}.
   */
  synchronized Optional<String> trouble() {
    Set<String> all = new TreeSet<>();
    ofSessions.values().forEach(all::addAll);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of("sessions have fewer fields: " + String.join("; ", all));
  }
}
