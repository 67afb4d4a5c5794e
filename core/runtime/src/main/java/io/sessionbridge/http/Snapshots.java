package io.sessionbridge.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.sessionbridge.metrics.Family;
import io.sessionbridge.metrics.Label;
import io.sessionbridge.metrics.Sample;
import java.util.List;

/** Converts the agent's metrics to the Prometheus library's snapshots. */
final class Snapshots {

  private static final String COUNTER_SUFFIX = "_total";
  private static final String INFO_SUFFIX = "_info";

  private Snapshots() {}

  static MetricSnapshots of(List<Family> families) {
    return new MetricSnapshots(families.stream().map(Snapshots::of).toList());
  }

  private static MetricSnapshot of(Family family) {
    return switch (family.type()) {
      case COUNTER -> counter(family);
      case GAUGE -> gauge(family);
      case HISTOGRAM -> histogram(family);
      case INFO -> info(family);
    };
  }

  private static MetricSnapshot info(Family family) {
    InfoSnapshot.Builder snapshot =
        InfoSnapshot.builder().name(stem(family, INFO_SUFFIX)).help(family.help());
    family
        .readings()
        .forEach(
            (label, unused) ->
                snapshot.dataPoint(InfoDataPointSnapshot.builder().labels(labels(label)).build()));
    return snapshot.build();
  }

  /** The library appends the suffix itself. */
  private static String stem(Family family, String suffix) {
    return family.name().substring(0, family.name().length() - suffix.length());
  }

  private static MetricSnapshot counter(Family family) {
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder().name(stem(family, COUNTER_SUFFIX)).help(family.help());
    family
        .readings()
        .forEach(
            (label, reading) ->
                snapshot.dataPoint(
                    CounterDataPointSnapshot.builder()
                        .labels(labels(label))
                        .value(number(reading))
                        .build()));
    return snapshot.build();
  }

  private static MetricSnapshot gauge(Family family) {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder().name(family.name()).help(family.help());
    family
        .readings()
        .forEach(
            (label, reading) ->
                snapshot.dataPoint(
                    GaugeDataPointSnapshot.builder()
                        .labels(labels(label))
                        .value(number(reading))
                        .build()));
    return snapshot.build();
  }

  private static MetricSnapshot histogram(Family family) {
    HistogramSnapshot.Builder snapshot =
        HistogramSnapshot.builder().name(family.name()).help(family.help());
    family
        .readings()
        .forEach(
            (label, reading) -> {
              if (reading instanceof Sample.Distribution distribution) {
                snapshot.dataPoint(
                    HistogramDataPointSnapshot.builder()
                        .labels(labels(label))
                        .classicHistogramBuckets(buckets(distribution))
                        .sum(distribution.sum())
                        .build());
              }
            });
    return snapshot.build();
  }

  private static ClassicHistogramBuckets buckets(Sample.Distribution distribution) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    int bounds = distribution.upperBounds().size();
    for (int i = 0; i < bounds; i++) {
      buckets.bucket(distribution.upperBounds().get(i), distribution.counts().get(i));
    }
    return buckets.bucket(Double.POSITIVE_INFINITY, distribution.counts().get(bounds)).build();
  }

  private static double number(Sample reading) {
    return reading instanceof Sample.Single single ? single.value() : Double.NaN;
  }

  private static Labels labels(Label label) {
    return label.equals(Label.NONE) ? Labels.EMPTY : Labels.of(label.name(), label.value());
  }
}
