package io.sessionbridge.metrics;

import io.sessionbridge.spi.Metrics;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The metrics of one source or sink. Any thread. */
final class PluginMetrics implements Metrics {

  private static final String PREFIX = "sessionbridge_";

  private record Metric(MetricType type, String help, LongSupplier value, Counter counter) {}

  private final Label label;
  private final Map<String, Metric> metrics = new ConcurrentSkipListMap<>();

  PluginMetrics(Label label) {
    this.label = label;
  }

  @Override
  public Counter counter(String name, String help) {
    MetricType.COUNTER.requireValid(name);
    return metrics.computeIfAbsent(name, unused -> counting(help)).counter();
  }

  private static Metric counting(String help) {
    SumCounter counter = new SumCounter();
    return new Metric(MetricType.COUNTER, help, counter::value, counter);
  }

  @Override
  public void gauge(String name, String help, LongSupplier value) {
    MetricType.GAUGE.requireValid(name);
    metrics.put(name, new Metric(MetricType.GAUGE, help, value, new SumCounter()));
  }

  /** One collector for each metric, so that one failure does not affect the others. */
  Map<String, Collector> collectors() {
    Map<String, Collector> collectors = new ConcurrentSkipListMap<>();
    metrics.forEach(
        (name, metric) -> collectors.put(PREFIX + name, out -> read(PREFIX + name, metric, out)));
    return collectors;
  }

  private void read(String name, Metric metric, Samples out) {
    long value = metric.value().getAsLong();
    if (metric.type() == MetricType.COUNTER) {
      out.counter(name, metric.help(), label, value);
    } else {
      out.gauge(name, metric.help(), label, value);
    }
  }

  private static final class SumCounter implements Counter {
    private final LongAdder sum = new LongAdder();

    @Override
    public void add(long count) {
      sum.add(count);
    }

    @Override
    public long value() {
      return sum.sum();
    }
  }
}
