package io.sessionbridge.windows.window;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.power.PowerEvent;

/**
 * Hears what {@link SessionNotifications} hear. Called by a thread that Windows waits for, one call
 * at a time: return within milliseconds, and hand over what takes longer.
 *
 * <p>What a method throws goes to the thread's handler of uncaught exceptions; the next call comes
 * all the same.
 */
public interface SessionListener {

  /** A session changed. The first statement should take the time, for Windows sends none. */
  void changed(SessionChange change);

  /**
   * Windows sends changes from now on.
   *
   * @param late true if it refused at first, so that changes may have been missed
   */
  default void registered(boolean late) {}

  /** The machine sleeps or woke up, or its power or the presence of its user changed. */
  default void power(PowerEvent event) {}

  /**
   * Another program interfered: it asked to close what listens here, which was refused, or that is
   * lost and is made again. In the second case {@link #registered} follows, as one that came late.
   *
   * @param what for a log
   */
  default void interference(String what) {}

  /** Somebody else ended the notifications: no changes come any more. */
  default void ended() {}
}
