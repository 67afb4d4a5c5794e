package io.sessionbridge.testkit;

import io.sessionbridge.spi.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Metrics that a test can read. */
public final class TestingMetrics implements Metrics {

  private final Map<String, Counted> counters = new ConcurrentHashMap<>();
  private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

  private static final class Counted implements Counter {
    private final AtomicLong value = new AtomicLong();

    @Override
    public void add(long count) {
      if (count < 0) {
        throw new IllegalArgumentException("a counter must not decrease, found " + count);
      }
      value.addAndGet(count);
    }

    @Override
    public long value() {
      return value.get();
    }
  }

  @Override
  public Counter counter(String name, String help) {
    if (!name.endsWith("_total")) {
      throw new IllegalArgumentException("the name of a counter must end with _total, was " + name);
    }
    return counters.computeIfAbsent(name, unused -> new Counted());
  }

  @Override
  public void gauge(String name, String help, LongSupplier value) {
    if (name.endsWith("_total")) {
      throw new IllegalArgumentException(
          "only the name of a counter ends with _total, was " + name);
    }
    gauges.put(name, value);
  }

  /** The value of a counter; 0 if it does not exist yet. */
  public long count(String name) {
    Counted counter = counters.get(name);
    return counter == null ? 0 : counter.value();
  }

  /** The value of a gauge. */
  public long gauge(String name) {
    LongSupplier gauge = gauges.get(name);
    if (gauge == null) {
      throw new AssertionError("no gauge " + name + ", there are " + gauges.keySet());
    }
    return gauge.getAsLong();
  }
}
