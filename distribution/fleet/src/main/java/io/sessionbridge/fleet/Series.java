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
   */
  record Sums(BrokerFigures total, BrokerFigures sinceRestart, List<BrokerFigures> seconds) {

    Sums {
      seconds = List.copyOf(seconds);
    }

    /** Connections accepted in a second, at most. */
    long highestConnects() {
      return seconds.stream().mapToLong(BrokerFigures::created).max().orElse(0);
    }

    /** Records in a second, at most. */
    long highestRecords() {
      return seconds.stream().mapToLong(BrokerFigures::records).max().orElse(0);
    }
  }

  private final List<BrokerFigures> seconds = new ArrayList<>();
  private BrokerFigures newest = BrokerFigures.NONE;
  private BrokerFigures total = BrokerFigures.NONE;
  private BrokerFigures atRestart = BrokerFigures.NONE;

  synchronized void hear(String line) {
    if (!line.startsWith("broker ")) {
      return;
    }
    BrokerFigures now = BrokerFigures.parse(line.substring("broker ".length()));
    BrokerFigures second = now.since(newest);
    newest = now;
    seconds.add(second);
    total = total.plus(second);
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

  synchronized Sums end() {
    return new Sums(total, total.since(atRestart), seconds);
  }

  synchronized BrokerFigures now() {
    return newest;
  }
}
