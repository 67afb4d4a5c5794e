package io.sessionbridge.delivery;

/**
 * Finds the one event on which a sink breaks, when the sink throws what it must not. The batch is
 * halved until one event is alone; when that has failed five times, its neighbour is tried: if that
 * works it was the event, if not it is the sink, and nothing is given up. Not safe for use by
 * several threads.
 */
final class Suspicion {

  private static final int ENOUGH = 5;

  private int limit = Integer.MAX_VALUE;
  private int failuresAlone;
  private boolean neighbourNext;

  /** How many events the next batch may have. */
  int limit() {
    return limit;
  }

  /** A batch of that many events broke the sink. */
  void broke(int events) {
    if (events > 1) {
      limit = events / 2;
      return;
    }
    limit = 1;
    failuresAlone++;
    neighbourNext = failuresAlone >= ENOUGH && !neighbourNext;
  }

  /** True if the event behind the first one should be tried, alone. */
  boolean triesNeighbour() {
    return neighbourNext;
  }

  /** The sink worked on the first events of the box. */
  void worked() {
    limit = limit > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : limit * 2;
    failuresAlone = 0;
    neighbourNext = false;
  }
}
