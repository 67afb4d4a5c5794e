package io.sessionbridge.metrics;

/**
 * Tells what a part of the agent counts, whenever somebody asks. What belongs together (the terms
 * of a sum) is read in one go. Any thread; must not block.
 */
public interface Collector {
  void collect(Samples out);
}
