package io.sessionbridge.windows.service;

/**
 * Receives the events of a service. Called on a thread that Windows and all other services wait
 * for, one call at a time: copy, hand off, and return.
 *
 * <p>Exceptions go to the thread's uncaught exception handler and do not stop later calls.
 */
public interface ServiceListener {

  /** An event arrived. Take the time first, because Windows sends none. */
  void received(ServiceEvent event);

  /**
   * Events from before the first subscription were dropped because the buffer was full. Called
   * before the buffered events.
   */
  default void lost(long count) {}
}
