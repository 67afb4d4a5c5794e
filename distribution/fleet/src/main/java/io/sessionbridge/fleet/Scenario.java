package io.sessionbridge.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** A part of a day, by the fleet's clock, and when agents start and stop in it. */
enum Scenario {
  /** A whole day, to measure what a host sends. */
  DAY(0, 24, 480),
  /** Between seven and eight all hosts are switched on, 87 % of them within 20 minutes. */
  MORNING(7, 8, 20),
  /** The broker goes at half past ten. */
  OUTAGE(10, 15, 20),
  /** Each agent is restarted once, one after the other, within 40 minutes. */
  UPGRADE(12, 13, 20),
  /** Nobody works, but all hosts are on. */
  NIGHT(22, 24, 20);

  /** What the day of the scenario has room for. */
  static final Duration LONGEST_AWAY = Duration.ofHours(4);

  private static final Duration BROKER_GOES = Duration.ofMinutes(630);
  private static final Duration AFTER_THE_RETURN = Duration.ofMinutes(30);

  private final Duration begin;
  private final Duration end;
  private final double factor;

  Scenario(int beginHour, int endHour, double factor) {
    this.begin = Duration.ofHours(beginHour);
    this.end = Duration.ofHours(endHour);
    this.factor = factor;
  }

  /** Since midnight. */
  Duration begin() {
    return begin;
  }

  /** Since midnight. */
  Duration end(FleetOptions options) {
    return this == OUTAGE ? BROKER_GOES.plus(options.away).plus(AFTER_THE_RETURN) : end;
  }

  double factor() {
    return factor;
  }

  /** When the agent starts, since midnight; not after the begin if it runs all the time. */
  Duration start(int agent) {
    if (this != MORNING) {
      return begin;
    }
    Random random = random(agent);
    boolean early = random.nextInt(10) < 8;
    double minutes = early ? 10 + random.nextDouble() * 20 : random.nextDouble() * 55;
    return begin.plusMillis((long) (minutes * 60_000));
  }

  /** When the agent is restarted. */
  Optional<Duration> restart(int agent, FleetOptions options) {
    if (this != UPGRADE) {
      return Optional.empty();
    }
    long window = Duration.ofMinutes(40).toMillis();
    return Optional.of(begin.plusMinutes(10).plusMillis(window * agent / options.agents()));
  }

  /** When the broker goes. */
  Optional<Duration> brokerGoes() {
    return this == OUTAGE ? Optional.of(BROKER_GOES) : Optional.empty();
  }

  /** The same agent does the same in each run. */
  static Random random(int number) {
    return new Random(number * 7919L + 17);
  }
}
