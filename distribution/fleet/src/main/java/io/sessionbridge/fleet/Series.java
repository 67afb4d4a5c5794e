package io.sessionbridge.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The figures of a broker by the second, over its restarts. Any thread. */
final class Series {

  /**
   * A time of the run.
   *
   * @param total what was counted in it
   * @param sinceRestart what was counted after the last start of the broker
   * @param seconds each of it, as far as the broker ran
   * @param isComplete whether the broker counted records and reported to the end
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

    /** Connections accepted in each second that had some, by the second since the first figure. */
    SortedMap<Long, Long> connectsBySecond() {
      long begin = seconds.stream().mapToLong(Second::beginMillis).min().orElse(0);
      SortedMap<Long, Long> bySecond = new TreeMap<>();
      for (Second one : seconds) {
        if (one.counted().created() > 0) {
          long at = (one.counted().atMillis() - 1 - begin) / USUAL_MILLIS;
          bySecond.merge(at, one.counted().created(), Long::sum);
        }
      }
      return bySecond;
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

    private long beginMillis() {
      return counted.atMillis() - millis;
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

  /**
   * The same time of several brokers as one. Their figures come at different moments, so what each
   * counted in about a second is spread evenly over the whole seconds of the clock.
   */
  static Sums merge(List<Sums> brokers) {
    if (brokers.size() == 1) {
      return brokers.get(0);
    }
    SortedMap<Long, double[]> clock = new TreeMap<>();
    BrokerFigures total = BrokerFigures.NONE;
    BrokerFigures sinceRestart = BrokerFigures.NONE;
    boolean complete = true;
    for (Sums broker : brokers) {
      broker.seconds.forEach(second -> spread(second, clock));
      total = total.beside(broker.total);
      sinceRestart = sinceRestart.beside(broker.sinceRestart);
      complete &= broker.isComplete;
    }
    List<Second> seconds = new ArrayList<>();
    clock.forEach(
        (second, counts) ->
            seconds.add(
                new Second(
                    new BrokerFigures(
                        (second + 1) * USUAL_MILLIS,
                        0,
                        Math.round(counts[0]),
                        0,
                        0,
                        0,
                        Math.round(counts[1]),
                        0,
                        0),
                    USUAL_MILLIS)));
    return new Sums(total, sinceRestart, seconds, complete);
  }

  private static void spread(Second second, SortedMap<Long, double[]> clock) {
    long end = second.counted().atMillis();
    long begin = second.beginMillis();
    for (long at = begin; at < end; at = (at / USUAL_MILLIS + 1) * USUAL_MILLIS) {
      double share =
          (double) (Math.min(end, (at / USUAL_MILLIS + 1) * USUAL_MILLIS) - at) / second.millis();
      double[] counts = clock.computeIfAbsent(at / USUAL_MILLIS, any -> new double[2]);
      counts[0] += share * second.counted().created();
      counts[1] += share * second.counted().records();
    }
  }

  synchronized void accept(String line) {
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
