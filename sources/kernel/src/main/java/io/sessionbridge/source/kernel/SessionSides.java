package io.sessionbridge.source.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * On which side each session is: at the console or remote. The kernel tells it when a session is
 * connected, and not when it is disconnected. Bounded; the session that was heard of first goes.
 */
final class SessionSides {

  /** So that a position with all of them fits in the journal's 1 KiB. */
  static final int MOST = 200;

  private final Map<Long, Boolean> local = new LinkedHashMap<>();

  void connected(long session, boolean isLocal) {
    local.remove(session);
    local.put(session, isLocal);
    if (local.size() > MOST) {
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
