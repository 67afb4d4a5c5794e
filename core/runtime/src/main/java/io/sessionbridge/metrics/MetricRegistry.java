package io.sessionbridge.metrics;

import io.sessionbridge.spi.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All metrics of the agent. Values are computed on each read; a collector that fails is skipped and
 * logged once. Any thread.
 */
public final class MetricRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(MetricRegistry.class);

  private record Named(String name, Collector collector) {}

  private final List<Named> collectors = new CopyOnWriteArrayList<>();
  private final Map<Label, PluginMetrics> plugins = new ConcurrentSkipListMap<>();
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /**
   * The metrics of one source or sink, whose names get the prefix {@code sessionbridge_}. Each call
   * for the same plug-in returns the same object.
   *
   * @param kind {@code source} or {@code sink}
   */
  public Metrics of(String kind, String id) {
    return plugins.computeIfAbsent(new Label(kind, id), PluginMetrics::new);
  }

  /**
   * Registers a collector.
   *
   * @param name of the part of the agent, for the log
   */
  public void add(String name, Collector collector) {
    collectors.add(new Named(name, collector));
  }

  /** All metrics, sorted by name. */
  public List<Family> read() {
    Samples readings = new Samples();
    collectors.forEach(named -> collect(named.name(), named.collector(), readings));
    plugins.forEach(
        (label, metrics) ->
            metrics
                .collectors()
                .forEach(
                    (name, collector) ->
                        collect(
                            name + " of " + label.name() + " " + label.value(),
                            collector,
                            readings)));
    return readings.families();
  }

  private void collect(String name, Collector collector, Samples out) {
    try {
      collector.collect(out);
    } catch (RuntimeException e) {
      if (reported.add(name)) {
        LOG.warn("metrics: cannot read {}; it is left out", name, e);
      }
    }
  }
}
