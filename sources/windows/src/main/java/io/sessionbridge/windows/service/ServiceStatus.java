package io.sessionbridge.windows.service;

/**
 * What a service tells Windows of itself.
 *
 * @param controls that it accepts, {@code SERVICE_ACCEPT_*}
 * @param error with which it stopped, of the service's own numbers; 0 if none
 * @param checkPoint grows while it starts or stops
 * @param waitHintMillis until when the next check point comes
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
