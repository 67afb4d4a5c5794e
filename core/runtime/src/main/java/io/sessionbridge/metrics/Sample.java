package io.sessionbridge.metrics;

import java.util.List;

/** The value of a metric at one moment. */
public sealed interface Sample {

  /** A count or a level. */
  record Single(double value) implements Sample {}

  /**
   * A distribution of values.
   *
   * @param upperBounds ascending; a value belongs to the first bound that it does not exceed
   * @param counts values for each bound, then those above the last bound
   * @param sum of all values
   */
  record Distribution(List<Double> upperBounds, List<Long> counts, double sum) implements Sample {

    public Distribution {
      upperBounds = List.copyOf(upperBounds);
      counts = List.copyOf(counts);
      if (counts.size() != upperBounds.size() + 1) {
        throw new IllegalArgumentException(
            "expected " + (upperBounds.size() + 1) + " counts, found " + counts.size());
      }
    }
  }
}
