package io.sessionbridge.metrics;

import java.util.List;

/** What a metric says at one moment. */
public sealed interface Sample {

  /** A count or a level. */
  record Single(double value) implements Sample {}

  /**
   * How values are spread.
   *
   * @param upperBounds growing; a value belongs to the first bound that it does not exceed
   * @param counts how many values per bound, and at the end how many above the last bound
   * @param sum of all values
   */
  record Spread(List<Double> upperBounds, List<Long> counts, double sum) implements Sample {

    public Spread {
      upperBounds = List.copyOf(upperBounds);
      counts = List.copyOf(counts);
      if (counts.size() != upperBounds.size() + 1) {
        throw new IllegalArgumentException(
            "expected " + (upperBounds.size() + 1) + " counts, found " + counts.size());
      }
    }
  }
}
