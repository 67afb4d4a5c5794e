package io.sessionbridge.windows.service;

/**
 * The status of a service.
 *
 * @param process its process id; 0 if there is none
 * @param windowsError the error with which it stopped; 1066 if the service set its own
 * @param ownError the service's own error, if any
 */
public record ServiceReport(ServiceState state, long process, int windowsError, int ownError) {

  private static final int SERVICE_SPECIFIC_ERROR = 1066;
  private static final int SERVICE_NEVER_STARTED = 1077;

  /** The error with which it stopped, its own or Windows'; 0 if none. */
  public int error() {
    return windowsError == SERVICE_SPECIFIC_ERROR ? ownError : windowsError;
  }

  /** For instance {@code stopped with error 78}. */
  public String text() {
    if (process != 0 && state != ServiceState.STOPPED) {
      return state.text() + ", process " + process;
    }
    if (windowsError == SERVICE_NEVER_STARTED) {
      return state.text() + ", not started since Windows booted";
    }
    return error() == 0 ? state.text() : state.text() + " with error " + error();
  }
}
