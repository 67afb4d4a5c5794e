package io.sessionbridge.spi;

import java.util.function.LongSupplier;

/**
 * The metrics of one source or sink, whose id becomes a label. Names follow the Prometheus
 * conventions, without the prefix {@code sessionbridge_}. Any thread; never blocks.
 */
@Stable
public interface Metrics {

  /**
   * A monotonic counter. The same name returns the same counter.
   *
   * @param name ends with {@code _total}
   * @param help one sentence
   * @throws IllegalArgumentException if the name violates the conventions
   */
  Counter counter(String name, String help);

  /**
   * A value that is read on demand.
   *
   * @param name ends with its unit, for instance {@code _bytes}
   * @param help one sentence
   * @param value must not block; if it throws, the gauge is left out
   * @throws IllegalArgumentException if the name violates the conventions
   */
  void gauge(String name, String help, LongSupplier value);

  /** A monotonic counter. */
  interface Counter {
    void add(long count);

    long value();
  }
}
