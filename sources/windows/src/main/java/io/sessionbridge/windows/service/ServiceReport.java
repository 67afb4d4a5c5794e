package io.sessionbridge.windows.service;

/**
 * How a service is.
 *
 * @param process its id; 0 if there is none
 * @param windowsError with which it stopped; 1066 for an error of its own
 * @param ownError its own error, if any
 */
public record ServiceReport(ServiceState state, long process, int windowsError, int ownError) {

  private static final int SERVICE_SPECIFIC_ERROR = 1066;
  private static final int SERVICE_NEVER_STARTED = 1077;

  /** With which it stopped, its own error or that of Windows; 0 if none. */
  public int error() {
    return windowsError == SERVICE_SPECIFIC_ERROR ? ownError : windowsError;
  }

  /** For instance {@code stopped with error 78}. */
  public String text() {
    if (process != 0 && state != ServiceState.STOPPED) {
      return state.text() + ", process " + process;
    }
    if (windowsError == SERVICE_NEVER_STARTED) {
      return state.text() + ", and has not been started since Windows started";
    }
    return error() == 0 ? state.text() : state.text() + " with error " + error();
  }
}
