package io.sessionbridge.fleet;

import java.util.ArrayList;
import java.util.List;

/** What the broker tells each second, over its restarts. Any thread. */
final class Series {

  /**
   * A time of the run.
   *
   * @param total what was counted in it
   * @param sinceRestart what was counted after the last start of the broker
   * @param seconds each of it, as far as the broker ran
   * @param isComplete whether the broker counted records and told of them up to the end
   */
  record Sums(
      BrokerFigures total, BrokerFigures sinceRestart, List<Second> seconds, boolean isComplete) {

    Sums {
      seconds = List.copyOf(seconds);
    }

    /** Connections accepted in a second, at most. */
    long highestConnects() {
      return seconds.stream().mapToLong(one -> one.rate(one.counted().created())).max().orElse(0);
    }

    /** Records in a second, at most. */
    long highestRecords() {
      return seconds.stream().mapToLong(one -> one.rate(one.counted().records())).max().orElse(0);
    }
  }

  /**
   * What was counted in about a second.
   *
   * @param millis how long it was
   */
  record Second(BrokerFigures counted, long millis) {

    private long rate(long count) {
      return Math.round(count * 1000.0 / millis);
    }
  }

  private static final long USUAL_MILLIS = 1000;

  /** In less the rates would be chance. */
  private static final long LEAST_MILLIS = 500;

  /** A busy machine lets a broker wait for its turn. */
  private static final long LONGEST_SILENCE_MILLIS = 5000;

  private final List<Second> seconds = new ArrayList<>();
  private BrokerFigures newest = BrokerFigures.NONE;
  private BrokerFigures total = BrokerFigures.NONE;
  private BrokerFigures atRestart = BrokerFigures.NONE;

  synchronized void hear(String line) {
    if (!line.startsWith("broker ")) {
      return;
    }
    BrokerFigures now = BrokerFigures.parse(line.substring("broker ".length()));
    boolean first = newest.equals(BrokerFigures.NONE);
    long millis = first ? USUAL_MILLIS : now.atMillis() - newest.atMillis();
    if (millis < LEAST_MILLIS) {
      return; // the next one has what this has
    }
    BrokerFigures counted = now.since(newest);
    newest = now;
    seconds.add(new Second(counted, millis));
    total = total.plus(counted);
  }

  /** A new broker counts from nothing. */
  synchronized void restarted() {
    newest = BrokerFigures.NONE;
    atRestart = total;
  }

  synchronized void begin() {
    seconds.clear();
    total = BrokerFigures.NONE;
  }

  /**
   * @param nowMillis by the wall clock
   */
  synchronized Sums end(long nowMillis) {
    boolean toTheEnd = nowMillis - newest.atMillis() <= LONGEST_SILENCE_MILLIS;
    return new Sums(total, total.since(atRestart), seconds, toTheEnd && total.records() > 0);
  }

  synchronized BrokerFigures now() {
    return newest;
  }
}
