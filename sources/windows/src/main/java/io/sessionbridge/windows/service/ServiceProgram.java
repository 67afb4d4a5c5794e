package io.sessionbridge.windows.service;

/** What runs as a service. */
@FunctionalInterface
public interface ServiceProgram {

  /** As a result of {@link #run}: ended as it was asked to. */
  int DONE = 0;

  /**
   * Runs from the start of the service to its end, on the thread {@code service-main}. Calls {@link
   * ServiceControl#running} once it works, and returns soon after it was asked to stop; Windows is
   * told that the service is stopped after that, as the last of all.
   *
   * @return {@link #DONE}, or the service-specific error code with which the service stops, so that
   *     Windows takes its failure actions
   * @throws Exception ends the service with code 1 and an entry in the event log
   */
  int run(ServiceControl control) throws Exception;
}
