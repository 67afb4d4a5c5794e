package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.power.PowerSystem;

/**
 * The Windows calls of {@link ServiceHost}. An interface so that its logic is testable on any
 * system. Power registrations need a registered handler.
 */
interface ServiceSystem extends PowerSystem {

  /** Receives controls. Called by a thread of Windows, which waits. */
  @FunctionalInterface
  interface Handler {

    /** Returns the error code, 0 on success. */
    int handle(int control, int eventType, ControlData data);
  }

  /**
   * Connects this process to the service manager, and returns when the service has stopped,
   * possibly shortly before {@code main} ends.
   *
   * @param main called on a separate thread when the service starts
   * @return the error code, 0 if the service ran
   */
  int dispatch(String name, Runnable main);

  /** Registers the handler. The first call that {@code main} makes. */
  void register(String name, Handler handler) throws WindowsException;

  void report(ServiceStatus status) throws WindowsException;

  /** Writes an error to the event log of Windows. */
  void logError(String name, String text);

  /** Ends the process, because Windows can neither control nor await the service. */
  void abort();
}
