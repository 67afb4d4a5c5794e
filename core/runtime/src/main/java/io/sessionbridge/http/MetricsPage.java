package io.sessionbridge.http;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.sessionbridge.metrics.MetricRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * {@code /metrics}: all metrics in the Prometheus text format, or in OpenMetrics for clients that
 * accept it.
 */
final class MetricsPage implements Page {

  private final MetricRegistry metrics;
  private final ExpositionFormatWriter prometheus = PrometheusTextFormatWriter.create();
  private final ExpositionFormatWriter openMetrics = OpenMetricsTextFormatWriter.create();

  MetricsPage(MetricRegistry metrics) {
    this.metrics = metrics;
  }

  @Override
  public Answer get(String accept) throws IOException {
    ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : prometheus;
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 << 10);
    writer.write(body, Snapshots.of(metrics.read()));
    return new Answer(200, writer.getContentType(), body.toByteArray());
  }
}
