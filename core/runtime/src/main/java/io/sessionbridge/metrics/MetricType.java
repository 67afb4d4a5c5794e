package io.sessionbridge.metrics;

import java.util.regex.Pattern;

/** The types of metrics, and their rules for names. */
public enum MetricType {
  /** A count that only grows. */
  COUNTER,
  /** A level that goes up and down. */
  GAUGE,
  /** A distribution of values. */
  HISTOGRAM,
  /** Always 1; the label carries the information. */
  INFO;

  private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** Suffixes with a meaning in the text formats. */
  private static final Pattern RESERVED =
      Pattern.compile(".*_(total|created|bucket|count|sum|info)");

  /**
   * Checks a name against the Prometheus conventions.
   *
   * @throws IllegalArgumentException if the name breaks them
   */
  void requireValid(String name) {
    if (!WORDS.matcher(name).matches()) {
      throw new IllegalArgumentException("a metric's name must be in snake_case, was " + name);
    }
    boolean counts = name.endsWith("_total");
    if (this == COUNTER && !counts) {
      throw new IllegalArgumentException("a counter's name must end with _total, was " + name);
    }
    if (this == INFO && name.endsWith("_info")) {
      return;
    }
    if (this != COUNTER && RESERVED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a "
              + this
              + " must not end with _total, _created, _bucket, _count, _sum or _info, was "
              + name);
    }
  }
}
