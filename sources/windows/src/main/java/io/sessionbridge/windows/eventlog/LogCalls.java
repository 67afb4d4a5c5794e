package io.sessionbridge.windows.eventlog;

import io.sessionbridge.windows.session.calls.CallException;
import java.util.function.Predicate;

/** What the event log answers; the tests play it. */
interface LogCalls {

  /**
   * The records that a channel holds.
   *
   * @param oldest the number of the oldest record; of no meaning if there is none
   * @param count how many there are, of all providers
   */
  record Extent(long oldest, long count) {

    long newest() {
      return oldest + count - 1;
    }
  }

  /** Asks a channel for what it holds. */
  Extent extent(String channel) throws CallException;

  /**
   * Passes records as XML, the newest first, until there are no more or the receiver wants none.
   *
   * @param query a structured query
   * @param receiver returns false if it wants no more
   */
  void query(String query, Predicate<String> receiver) throws CallException;
}
