package io.sessionbridge.windows.eventlog;

import io.sessionbridge.windows.session.calls.CallException;
import java.util.function.Predicate;

/** The event log calls. An interface for tests. */
interface LogCalls {

  /**
   * The records that a channel holds.
   *
   * @param oldest the number of the oldest record; meaningless if there is none
   * @param count the number of records of all providers
   */
  record Extent(long oldest, long count) {

    long newest() {
      return oldest + count - 1;
    }
  }

  /** Queries the extent of a channel. */
  Extent extent(String channel) throws CallException;

  /**
   * Passes records as XML, newest first, until there are no more or the receiver stops.
   *
   * @param query a structured query
   * @param receiver returns false to stop
   */
  void query(String query, Predicate<String> receiver) throws CallException;
}
