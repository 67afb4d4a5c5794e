package io.sessionbridge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.spi.Metrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MetricRegistryTest {

  private final MetricRegistry registry = new MetricRegistry();

  @Test
  void addsPrefixAndLabelToPluginMetrics() {
    registry.of("sink", "lake").counter("kafka_sent_total", "Records sent.").add(3);
    registry.of("sink", "pond").counter("kafka_sent_total", "Records sent.").add(4);
    registry.of("sink", "lake").gauge("kafka_buffer_bytes", "Buffer in use.", () -> 7);
    assertThat(registry.read())
        .containsExactly(
            family(
                "sessionbridge_kafka_buffer_bytes",
                MetricType.GAUGE,
                "Buffer in use.",
                Map.of(new Label("sink", "lake"), 7.0)),
            family(
                "sessionbridge_kafka_sent_total",
                MetricType.COUNTER,
                "Records sent.",
                Map.of(new Label("sink", "lake"), 3.0, new Label("sink", "pond"), 4.0)));
  }

  @Test
  void returnsTheSameCounterForTheSameName() {
    Metrics.Counter first = registry.of("source", "a").counter("source_seen_total", "Seen.");
    Metrics.Counter again = registry.of("source", "a").counter("source_seen_total", "Seen.");
    assertThat(again).isSameAs(first);
  }

  @Test
  void skipsCollectorsThatFail() {
    Metrics metrics = registry.of("sink", "lake");
    metrics.gauge(
        "broken_bytes",
        "Broken.",
        () -> {
          throw new IllegalStateException("closed");
        });
    metrics.gauge("whole_bytes", "Whole.", () -> 1);
    registry.add(
        "a part",
        out -> {
          throw new IllegalStateException("closed");
        });
    assertThat(names()).containsExactly("sessionbridge_whole_bytes");
  }

  @Test
  void aNameHasOneType() {
    registry.add("first", out -> out.gauge("sessionbridge_level", "Level.", Label.NONE, 1));
    registry.add(
        "second",
        out ->
            out.histogram(
                "sessionbridge_level",
                "Level.",
                new Sample.Distribution(List.of(), List.of(0L), 0)));
    assertThat(registry.read())
        .containsExactly(
            family("sessionbridge_level", MetricType.GAUGE, "Level.", Map.of(Label.NONE, 1.0)));
  }

  @Test
  void requiresConventionalNames() {
    Metrics metrics = registry.of("sink", "lake");
    assertThatThrownBy(() -> metrics.counter("sent", "Sent."))
        .hasMessage("a counter's name must end with _total, was sent");
    assertThatThrownBy(() -> metrics.gauge("sent_total", "Sent.", () -> 1))
        .hasMessage(
            "the name of a GAUGE must not end with _total, _created, _bucket, _count, _sum or"
                + " _info, was sent_total");
    assertThatThrownBy(() -> metrics.gauge("Sent-bytes", "Sent.", () -> 1))
        .hasMessage("a metric's name must be in snake_case, was Sent-bytes");
    assertThat(registry.read()).isEmpty();
  }

  @Test
  void readsTheMemoryOfTheJvm() {
    registry.add("memory", new JvmMemory());
    assertThat(names())
        .containsExactly(
            "jvm_memory_committed_bytes", "jvm_memory_max_bytes", "jvm_memory_used_bytes");
    assertThat(registry.read().get(2).readings())
        .containsOnlyKeys(new Label("area", "heap"), new Label("area", "nonheap"))
        .allSatisfy((label, reading) -> assertThat(((Sample.Single) reading).value()).isPositive());
  }

  private List<String> names() {
    return registry.read().stream().map(Family::name).toList();
  }

  private static Family family(
      String name, MetricType type, String help, Map<Label, Double> values) {
    TreeMap<Label, Sample> readings = new TreeMap<>();
    values.forEach((label, value) -> readings.put(label, new Sample.Single(value)));
    return new Family(name, type, help, readings);
  }
}
