package io.sessionbridge.metrics;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All values of one metric at one moment.
 *
 * @param name in full, for instance {@code sessionbridge_source_seen_total}
 * @param help one sentence
 */
public record Family(String name, MetricType type, String help, SortedMap<Label, Sample> readings) {

  public Family {
    readings = Collections.unmodifiableSortedMap(new TreeMap<>(readings));
  }
}
