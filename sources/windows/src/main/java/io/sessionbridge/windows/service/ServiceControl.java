package io.sessionbridge.windows.service;

/** The handle of a {@link ServiceProgram} on its service. Any thread. */
public interface ServiceControl {

  /**
   * Reports to Windows that the service is running; whoever started it waits for this. Windows
   * sends controls from now on. Does nothing after a stop request.
   */
  void running();

  /** Reports to Windows that the service is stopping on its own. */
  void stopping();

  /**
   * Sets the action for a stop request of Windows. Runs it at once if the request has already come.
   *
   * @param ask called on a thread that Windows waits for, so it must return at once
   */
  void onStop(Runnable ask);
}
