package io.sessionbridge.metrics;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the values of all metrics at one moment. One thread. */
public final class Samples {

  private record Draft(MetricType type, String help, SortedMap<Label, Sample> readings) {}

  private final SortedMap<String, Draft> drafts = new TreeMap<>();

  Samples() {}

  /**
   * A count that only grows.
   *
   * @param name in full; ends with {@code _total}
   * @param help one sentence
   * @throws IllegalArgumentException if the name is not valid for a counter, or belongs to a metric
   *     of another type
   */
  public void counter(String name, String help, Label label, long value) {
    add(MetricType.COUNTER, name, help, label, new Sample.Single((double) value));
  }

  /** A level that goes up and down; the name ends with its unit. */
  public void gauge(String name, String help, Label label, double value) {
    add(MetricType.GAUGE, name, help, label, new Sample.Single(value));
  }

  /** A level in whole numbers. */
  public void gauge(String name, String help, Label label, long value) {
    gauge(name, help, label, (double) value);
  }

  /** A gauge that is 1 for yes and 0 for no. */
  public void flag(String name, String help, Label label, boolean value) {
    gauge(name, help, label, value ? 1 : 0);
  }

  /** A fact in a label; the name ends with {@code _info}. */
  public void info(String name, String help, Label fact) {
    add(MetricType.INFO, name, help, fact, new Sample.Single(1));
  }

  /** A distribution of values; the name ends with their unit. */
  public void histogram(String name, String help, Sample.Distribution distribution) {
    add(MetricType.HISTOGRAM, name, help, Label.NONE, distribution);
  }

  private void add(MetricType type, String name, String help, Label label, Sample reading) {
    type.requireValid(name);
    Draft draft = drafts.computeIfAbsent(name, unused -> new Draft(type, help, new TreeMap<>()));
    if (draft.type() != type) {
      throw new IllegalArgumentException(
          name + " is a " + draft.type() + " and cannot be a " + type + " too");
    }
    draft.readings().put(label, reading);
  }

  /** All metrics, sorted by name. */
  List<Family> families() {
    return drafts.entrySet().stream()
        .map(
            entry ->
                new Family(
                    entry.getKey(),
                    entry.getValue().type(),
                    entry.getValue().help(),
                    entry.getValue().readings()))
        .toList();
  }
}
