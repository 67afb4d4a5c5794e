package io.sessionbridge.source.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Whether each session is at the console or remote. The kernel reports this when a session is
 * connected, but not when it is disconnected. Bounded; the oldest entry is evicted first.
 */
final class SessionSides {

  /** Keeps a full position within the journal's limit of 1 KiB. */
  static final int MAX_SESSIONS = 200;

  private final Map<Long, Boolean> local = new LinkedHashMap<>();

  void connected(long session, boolean isLocal) {
    local.remove(session);
    local.put(session, isLocal);
    if (local.size() > MAX_SESSIONS) {
      local.remove(local.keySet().iterator().next());
    }
  }

  void forget(long session) {
    local.remove(session);
  }

  Optional<Boolean> of(long session) {
    return Optional.ofNullable(local.get(session));
  }

  int size() {
    return local.size();
  }

  void forEach(BiConsumer<Long, Boolean> each) {
    local.forEach(each);
  }
}
