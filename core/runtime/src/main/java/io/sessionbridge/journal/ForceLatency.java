package io.sessionbridge.journal;

import java.util.List;

/**
 * Histogram of the time to make groups durable.
 *
 * @param upperBounds seconds, ascending; a time counts for the first bound that it does not exceed
 * @param counts number of times per bound, then of those above the last bound
 * @param seconds the sum of all times
 */
public record ForceLatency(List<Double> upperBounds, List<Long> counts, double seconds) {

  public ForceLatency {
    upperBounds = List.copyOf(upperBounds);
    counts = List.copyOf(counts);
  }
}
