package io.sessionbridge.windows.service;

/**
 * Hears what Windows tells a service. Called by a thread that Windows and all its other services
 * wait for, one call at a time: copy, hand over, and return.
 *
 * <p>What a method throws goes to the thread's handler of uncaught exceptions; the next call comes
 * all the same.
 */
public interface ServiceListener {

  /** Something happened. The first statement should take the time, for Windows sends none. */
  void heard(ServiceEvent event);

  /**
   * That many events came while nobody listened, more than were kept; they are lost. Comes before
   * those that were kept.
   */
  default void lost(long count) {}
}
