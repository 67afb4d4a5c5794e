package io.sessionbridge.journal;

/**
 * A hole that is not written yet.
 *
 * @param count how many records were lost
 */
record PendingHole(long first, long last, long count, String reason, long timeMicros) {

  /** Both as one, if they touch and have the same reason. */
  boolean continuesWith(PendingHole next) {
    return last + 1 == next.first && reason.equals(next.reason);
  }

  PendingHole with(PendingHole next) {
    return new PendingHole(first, next.last, count + next.count, reason, timeMicros);
  }
}
