package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerSystem;

/**
 * What {@link ServiceHost} needs of Windows. A seam, so that it is tested where there is none. Asks
 * for power only once a handler is registered.
 */
interface ServiceSystem extends PowerSystem {

  /** Hears the controls. Called by a thread of Windows, which waits. */
  @FunctionalInterface
  interface Handler {

    /** The error code, 0 if all is well. */
    int handle(int control, int eventType, ControlData data);
  }

  /**
   * Connects this process to the service manager, and returns when the service has stopped, perhaps
   * a little before {@code main} ends.
   *
   * @param main called on a thread of its own when the service starts
   * @return the error code, 0 if the service ran
   */
  int dispatch(String name, Runnable main);

  /** Has the controls handled from now on. By the thread that runs {@code main}, first of all. */
  void register(String name, Handler handler) throws WindowsException;

  void report(ServiceStatus status) throws WindowsException;

  /** Writes an error to the event log of Windows. */
  void logError(String name, String text);

  /** Ends a process that Windows neither controls nor waits for. */
  void giveUp();
}
