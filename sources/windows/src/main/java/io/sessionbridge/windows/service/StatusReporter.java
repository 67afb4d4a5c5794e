package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;

/**
 * Reports the status of the service to Windows: start pending, running, stop pending, stopped, in
 * this order. Any thread.
 */
final class StatusReporter {

  /** Much longer than the interval of the check points, because a booting machine is slow. */
  private static final int WAIT_HINT_MILLIS = 30_000;

  private final ServiceSystem system;
  private ServiceState state = ServiceState.START_PENDING;
  private int checkPoint;

  StatusReporter(ServiceSystem system) {
    this.system = system;
  }

  synchronized void starting() throws WindowsException {
    reportPending();
  }

  /** Returns false if a stop was requested in the meantime. */
  synchronized boolean running() throws WindowsException {
    if (state != ServiceState.START_PENDING) {
      return false;
    }
    state = ServiceState.RUNNING;
    system.report(ServiceStatus.running());
    return true;
  }

  /** Returns false if it is already stopping. */
  synchronized boolean stopping() throws WindowsException {
    if (state == ServiceState.STOP_PENDING || state == ServiceState.STOPPED) {
      return false;
    }
    state = ServiceState.STOP_PENDING;
    checkPoint = 0;
    reportPending();
    return true;
  }

  /** Reports a check point; returns false once the service is neither starting nor stopping. */
  synchronized boolean progress() throws WindowsException {
    if (state != ServiceState.START_PENDING && state != ServiceState.STOP_PENDING) {
      return false;
    }
    reportPending();
    return true;
  }

  private void reportPending() throws WindowsException {
    checkPoint++;
    system.report(ServiceStatus.pending(state, checkPoint, WAIT_HINT_MILLIS));
  }

  synchronized void stopped(int error) throws WindowsException {
    state = ServiceState.STOPPED;
    system.report(ServiceStatus.stopped(error));
  }
}
