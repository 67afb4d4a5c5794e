package io.sessionbridge.analytics;

/**
 * From when on something counts, in microseconds.
 *
 * @param longLock how long a session is locked or disconnected until that is long
 * @param silence how long a host sends nothing until it is silent
 * @param job how long a host must be idle to be of use for a job
 * @param overlap how long two lives must overlap
 */
record Limits(long longLock, long silence, long job, long overlap) {

  static final Limits DEFAULT =
      new Limits(4 * 3_600_000_000L, 2 * 900_000_000L, 3_600_000_000L, 60_000_000);
}
