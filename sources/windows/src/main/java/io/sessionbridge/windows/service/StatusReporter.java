package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;

/**
 * Tells Windows how far the service is: start pending, running, stop pending, stopped; never back.
 * Any thread.
 */
final class StatusReporter {

  /** Much longer than between two check points, for a machine that boots is slow. */
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

  /** False if the service was asked to stop meanwhile. */
  synchronized boolean running() throws WindowsException {
    if (state != ServiceState.START_PENDING) {
      return false;
    }
    state = ServiceState.RUNNING;
    system.report(ServiceStatus.running());
    return true;
  }

  /** False if it stops already. */
  synchronized boolean stopping() throws WindowsException {
    if (state == ServiceState.STOP_PENDING || state == ServiceState.STOPPED) {
      return false;
    }
    state = ServiceState.STOP_PENDING;
    checkPoint = 0;
    reportPending();
    return true;
  }

  /** A sign of life; false once there is nothing to wait for. */
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
