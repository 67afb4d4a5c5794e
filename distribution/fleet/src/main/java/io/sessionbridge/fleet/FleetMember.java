package io.sessionbridge.fleet;

import java.util.List;
import java.util.Optional;

/**
 * What carries the events of one or more hosts of a worker. Start and stop: one thread at a time.
 */
interface FleetMember {

  String hostId();

  Timeline timeline();

  boolean runs();

  void start() throws Exception;

  void stop();

  /**
   * What it has delivered, and what waits.
   *
   * @param delivered since its start
   * @param pending in its journal or, without one, in memory
   */
  record Totals(long delivered, long pending) {}

  /** Empty while it does not run. */
  Optional<Totals> totals();

  /** What its hosts must have sent, if all is reported and delivered now; else empty. */
  Optional<List<HostBooks>> booksIfDone();
}
