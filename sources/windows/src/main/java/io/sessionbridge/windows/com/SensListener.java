package io.sessionbridge.windows.com;

/**
 * Receives the events of {@link SensNotifications}. Exceptions go to the thread's uncaught
 * exception handler and do not stop later calls.
 */
public interface SensListener {

  /**
   * An event arrived. Called on any thread, possibly on several at once. The calling service waits:
   * return within milliseconds, and hand off longer work. Take the time first, because Windows
   * sends none.
   */
  void received(SensEvent event);

  /**
   * Windows sends all events from now on. Called on the thread of the notifications.
   *
   * @param late true if Windows refused at first, so that events may have been missed
   */
  default void subscribed(boolean late) {}

  /**
   * A new problem occurred. Called on the thread of the notifications.
   *
   * @param what one sentence with the result of the call and its meaning
   */
  default void failed(String what) {}
}
