package io.sessionbridge.supervision;

import io.sessionbridge.supervision.Supervisor.Need;
import java.util.function.BooleanSupplier;

/**
 * A place among the threads of the core, which somebody may fill without knowing what it stands
 * for: a journal is the one of the agent or that of the dead letters.
 *
 * @param threadName what debuggers and logs show
 * @param component as health names it: {@code journal}, {@code sink lake}
 */
public record Role(Supervisor supervisor, String threadName, String component, Need need) {

  /**
   * A daemon thread that was not started.
   *
   * @param stopping whether the owner has asked the thread to end; asked when it has ended
   */
  public Thread thread(BooleanSupplier stopping, Work work) {
    return supervisor.thread(threadName, component, need, stopping, work);
  }
}
