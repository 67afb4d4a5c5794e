package io.sessionbridge.metrics;

/**
 * Reads the metrics of one part of the agent on each scrape. Reads related values (the terms of a
 * sum) together. Any thread; must not block.
 */
public interface Collector {
  void collect(Samples out);
}
