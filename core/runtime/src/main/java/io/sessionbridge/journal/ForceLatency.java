package io.sessionbridge.journal;

import java.util.List;

/**
 * How long it took to make groups durable, as a histogram.
 *
 * @param upperBounds seconds, growing; a time belongs to the first bound that it does not exceed
 * @param counts how many per bound, and at the end how many took longer than the last bound
 * @param seconds all together
 */
public record ForceLatency(List<Double> upperBounds, List<Long> counts, double seconds) {

  public ForceLatency {
    upperBounds = List.copyOf(upperBounds);
    counts = List.copyOf(counts);
  }
}
