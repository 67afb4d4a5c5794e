package io.sessionbridge.metrics;

import java.util.regex.Pattern;

/** The types of metrics, and what each asks of a name. */
public enum MetricType {
  /** A count that only grows. */
  COUNTER,
  /** A level that goes up and down. */
  GAUGE,
  /** How values are spread. */
  HISTOGRAM,
  /** Always 1; the label is what it tells. */
  INFO;

  private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  /** Suffixes that the text formats give a meaning to. */
  private static final Pattern RESERVED =
      Pattern.compile(".*_(total|created|bucket|count|sum|info)");

  /**
   * Asks for a name by the Prometheus conventions.
   *
   * @throws IllegalArgumentException with what is wrong with it
   */
  void requireGood(String name) {
    if (!WORDS.matcher(name).matches()) {
      throw new IllegalArgumentException("a metric's name is in snake_case, was " + name);
    }
    boolean counts = name.endsWith("_total");
    if (this == COUNTER && !counts) {
      throw new IllegalArgumentException("a counter's name ends with _total, was " + name);
    }
    if (this == INFO && name.endsWith("_info")) {
      return;
    }
    if (this != COUNTER && RESERVED.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a "
              + this
              + " does not end with _total, _created, _bucket, _count, _sum or _info, was "
              + name);
    }
  }
}
