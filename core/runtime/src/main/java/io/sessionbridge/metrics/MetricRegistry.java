package io.sessionbridge.metrics;

import io.sessionbridge.spi.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** All counters and gauges of the agent. Any thread. */
public final class MetricRegistry {

  /**
   * A metric at the moment it was asked for.
   *
   * @param name with the prefix, for instance {@code sessionbridge_source_seen_total}
   * @param label {@code source} or {@code sink}
   * @param id of that source or sink
   */
  public record Sample(String name, String help, String label, String id, long value) {}

  private record Key(String name, String label, String id) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byName = name.compareTo(other.name);
      if (byName != 0) {
        return byName;
      }
      int byLabel = label.compareTo(other.label);
      return byLabel != 0 ? byLabel : id.compareTo(other.id);
    }
  }

  private record Metric(String help, LongSupplier value, Metrics.Counter counter) {}

  private static final String PREFIX = "sessionbridge_";

  private final Map<Key, Metric> metrics = new ConcurrentSkipListMap<>();

  /** The metrics of one source or sink. */
  public Metrics of(String label, String id) {
    return new Labelled(label, id);
  }

  /** Everything, sorted by name. */
  public List<Sample> samples() {
    return metrics.entrySet().stream()
        .map(
            entry ->
                new Sample(
                    PREFIX + entry.getKey().name(),
                    entry.getValue().help(),
                    entry.getKey().label(),
                    entry.getKey().id(),
                    entry.getValue().value().getAsLong()))
        .toList();
  }

  private final class Labelled implements Metrics {
    private final String label;
    private final String id;

    Labelled(String label, String id) {
      this.label = label;
      this.id = id;
    }

    @Override
    public Counter counter(String name, String help) {
      return metrics.computeIfAbsent(new Key(name, label, id), key -> counting(help)).counter();
    }

    @Override
    public void gauge(String name, String help, LongSupplier value) {
      metrics.put(new Key(name, label, id), new Metric(help, value, new SumCounter()));
    }

    private static Metric counting(String help) {
      SumCounter counter = new SumCounter();
      return new Metric(help, counter::value, counter);
    }
  }

  private static final class SumCounter implements Metrics.Counter {
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
