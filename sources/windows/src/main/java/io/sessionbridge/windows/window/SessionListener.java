package io.sessionbridge.windows.window;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;

/**
 * Receives session notifications. Called on a thread that Windows waits for, one call at a time:
 * return within milliseconds, and hand off longer work.
 *
 * <p>Exceptions go to the thread's uncaught exception handler and do not stop later calls.
 */
public interface SessionListener {

  /** A session changed. Take the time first, because Windows sends none. */
  void changed(SessionChange change);

  /**
   * Windows sends changes from now on.
   *
   * @param late true if Windows refused at first, so that changes may have been missed
   */
  default void registered(boolean late) {}

  /** The machine sleeps or resumed, or its power source, display or user presence changed. */
  default void power(PowerEvent event) {}

  /**
   * Another program interfered. Either it asked to end this receiver, which was refused; or the
   * receiver was lost and is created again, after which {@link #registered} is called with true.
   *
   * @param what a message for a log
   */
  default void interference(String what) {}

  /** The notifications ended without {@code close}: no more changes are sent. */
  default void ended() {}
}
