package io.sessionbridge.spi;

import java.util.function.LongSupplier;

/**
 * Counts things of one source or sink, whose id becomes a label. Names follow the Prometheus
 * conventions, without the prefix {@code sessionbridge_}. Any thread; never blocks.
 */
@Stable
public interface Metrics {

  /**
   * A count that only grows. The same name gives the same counter.
   *
   * @param name ends with {@code _total}
   * @param help one sentence
   * @throws IllegalArgumentException if the name is not one by the conventions
   */
  Counter counter(String name, String help);

  /**
   * A value that is read on demand.
   *
   * @param name ends with its unit, for instance {@code _bytes}
   * @param help one sentence
   * @param value must not block; if it throws, the gauge is left out
   * @throws IllegalArgumentException if the name is not one by the conventions
   */
  void gauge(String name, String help, LongSupplier value);

  /** A count that only grows. */
  interface Counter {
    void add(long count);

    long value();
  }
}
