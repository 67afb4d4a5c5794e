package io.sessionbridge.supervision;

import io.sessionbridge.supervision.Supervisor.Need;
import java.util.function.BooleanSupplier;

/**
 * The name and the importance of a supervised thread, for a creator that does not know its purpose:
 * a journal may be the agent's or the one for dead letters.
 *
 * @param threadName as debuggers and logs show it
 * @param component as health names it: {@code journal}, {@code sink lake}
 */
public record Role(Supervisor supervisor, String threadName, String component, Need need) {

  /**
   * A daemon thread that is not started yet.
   *
   * @param stopping whether the owner has asked the thread to end; checked after it ended
   */
  public Thread thread(BooleanSupplier stopping, Work work) {
    return supervisor.thread(threadName, component, need, stopping, work);
  }
}
