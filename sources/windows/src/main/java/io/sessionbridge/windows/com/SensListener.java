package io.sessionbridge.windows.com;

/**
 * Hears what {@link SensNotifications} hear. What a method throws goes to the thread's handler of
 * uncaught exceptions; the next call comes all the same.
 */
public interface SensListener {

  /**
   * Something happened. Called by any thread, also by several at a time. The service that tells it
   * waits: return within milliseconds, and hand over what takes longer. The first statement should
   * take the time, for Windows sends none.
   */
  void heard(SensEvent event);

  /**
   * Windows tells everything from now on. Called by the notifications' own thread.
   *
   * @param late true if it refused at first, so that events may have been missed
   */
  default void subscribed(boolean late) {}

  /**
   * Something went wrong that was not wrong before. Called by the notifications' own thread.
   *
   * @param what one sentence with the result of the call and its meaning
   */
  default void troubled(String what) {}
}
