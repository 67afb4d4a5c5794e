package io.sessionbridge.windows.com;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Keeps sinks from the garbage collector while Windows can call them.
 *
 * <p>The last {@code Release} may be a call of Windows that is still running through the sink's own
 * functions when the count becomes 0. So the last few sinks are kept a while longer.
 */
final class HeldSinks {

  private static final int RETIRED = 8;

  private static final Set<EventSink> IN_USE = new HashSet<>();
  private static final Deque<EventSink> LAST = new ArrayDeque<>();

  private HeldSinks() {}

  static synchronized void hold(EventSink sink) {
    IN_USE.add(sink);
  }

  static synchronized void retire(EventSink sink) {
    if (IN_USE.remove(sink)) {
      LAST.addLast(sink);
    }
    while (LAST.size() > RETIRED) {
      LAST.removeFirst();
    }
  }

  /** The number of sinks with references. */
  static synchronized int inUse() {
    return IN_USE.size();
  }
}
