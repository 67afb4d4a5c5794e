package io.sessionbridge.windows.service;

/**
 * The status that a service reports to Windows.
 *
 * @param controls the accepted controls, {@code SERVICE_ACCEPT_*}
 * @param error the service-specific error with which it stopped; 0 if none
 * @param checkPoint increases while the service starts or stops
 * @param waitHintMillis the maximum time until the next check point
 */
record ServiceStatus(
    ServiceState state, int controls, int error, int checkPoint, int waitHintMillis) {

  static ServiceStatus pending(ServiceState state, int checkPoint, int waitHintMillis) {
    return new ServiceStatus(state, 0, 0, checkPoint, waitHintMillis);
  }

  static ServiceStatus running() {
    return new ServiceStatus(ServiceState.RUNNING, Controls.ACCEPTED, 0, 0, 0);
  }

  static ServiceStatus stopped(int error) {
    return new ServiceStatus(ServiceState.STOPPED, 0, error, 0, 0);
  }
}
