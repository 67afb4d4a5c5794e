package io.sessionbridge.windows.service;

/** A program that runs as a service. */
@FunctionalInterface
public interface ServiceProgram {

  /** Result of {@link #run}: ended on request. */
  int DONE = 0;

  /**
   * Runs from the start of the service to its end, on the thread {@code service-main}. Calls {@link
   * ServiceControl#running} once it is ready, and returns soon after a stop request. Windows is
   * notified last that the service has stopped.
   *
   * @return {@link #DONE}, or a service-specific error code, for which Windows takes its failure
   *     actions
   * @throws Exception ends the service with code 1 and an entry in the event log
   */
  int run(ServiceControl control) throws Exception;
}
