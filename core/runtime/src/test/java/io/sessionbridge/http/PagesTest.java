package io.sessionbridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.metrics.Label;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.metrics.Sample;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {

  private final TestingAgent agent = new TestingAgent();
  private final MetricRegistry metrics = new MetricRegistry();

  @Test
  void everythingIsUp() throws IOException {
    assertAnswer(
        new HealthPage(agent),
        200,
        "{'status':'up','components':["
            + "{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'windows','status':'up'},"
            + "{'kind':'sink','id':'lake','status':'up'}]}");
    assertAnswer(
        new ReadyPage(agent),
        200,
        "{'status':'ready','components':["
            + "{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'windows','status':'up'}]}");
  }

  @Test
  void anUnreachableSinkOnlyDegrades() throws IOException {
    agent.sink = Health.degraded("broker \"k1:9092\" does not answer");
    assertAnswer(
        new HealthPage(agent),
        200,
        "{'status':'degraded','components':["
            + "{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'windows','status':'up'},"
            + "{'kind':'sink','id':'lake','status':'degraded',"
            + "'message':'broker \\'k1:9092\\' does not answer'}]}");
    assertThat(new ReadyPage(agent).get("").status()).isEqualTo(200);
  }

  @Test
  void anUnregisteredSourceIsNotReady() throws IOException {
    agent.source = Health.degraded("waits for the Terminal Services");
    assertAnswer(
        new ReadyPage(agent),
        503,
        "{'status':'not_ready','components':["
            + "{'kind':'journal','status':'up'},"
            + "{'kind':'source','id':'windows','status':'degraded',"
            + "'message':'waits for the Terminal Services'}]}");
    assertThat(new HealthPage(agent).get("").status()).isEqualTo(200);
  }

  @Test
  void aJournalThatCannotWriteIsDown() throws IOException {
    agent.journal = Health.down("no space left");
    assertAnswer(
        new HealthPage(agent),
        503,
        "{'status':'down','components':["
            + "{'kind':'journal','status':'down','message':'no space left'},"
            + "{'kind':'source','id':'windows','status':'up'},"
            + "{'kind':'sink','id':'lake','status':'up'}]}");
    assertThat(new ReadyPage(agent).get("").status()).isEqualTo(503);
  }

  @Test
  void writesEveryTypeOfMetric() throws IOException {
    metrics.of("sink", "lake").counter("kafka_sent_total", "Records sent.").add(3);
    metrics.add(
        "the test",
        out -> {
          out.info("sessionbridge_build_info", "Version.", new Label("version", "1.2"));
          out.gauge("sessionbridge_journal_bytes", "Size.", Label.NONE, 4096);
          out.histogram(
              "sessionbridge_force_seconds",
              "Time.",
              new Sample.Distribution(List.of(0.1, 1.0), List.of(2L, 3L, 4L), 5.5));
        });
    Answer answer = new MetricsPage(metrics).get("*/*");
    assertThat(answer.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            """
            # HELP sessionbridge_build_info Version.
            # TYPE sessionbridge_build_info gauge
            sessionbridge_build_info{version="1.2"} 1
            # HELP sessionbridge_force_seconds Time.
            # TYPE sessionbridge_force_seconds histogram
            sessionbridge_force_seconds_bucket{le="0.1"} 2
            sessionbridge_force_seconds_bucket{le="1.0"} 5
            sessionbridge_force_seconds_bucket{le="+Inf"} 9
            sessionbridge_force_seconds_count 9
            sessionbridge_force_seconds_sum 5.5
            # HELP sessionbridge_journal_bytes Size.
            # TYPE sessionbridge_journal_bytes gauge
            sessionbridge_journal_bytes 4096.0
            # HELP sessionbridge_kafka_sent_total Records sent.
            # TYPE sessionbridge_kafka_sent_total counter
            sessionbridge_kafka_sent_total{sink="lake"} 3.0
            """);
  }

  @Test
  void writesOpenMetricsOnRequest() throws IOException {
    metrics.of("sink", "lake").counter("kafka_sent_total", "Records sent.").add(3);
    Answer answer =
        new MetricsPage(metrics)
            .get("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2");
    assertThat(answer.contentType())
        .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(new String(answer.body(), UTF_8))
        .isEqualTo(
            """
            # TYPE sessionbridge_kafka_sent counter
            # HELP sessionbridge_kafka_sent Records sent.
            sessionbridge_kafka_sent_total{sink="lake"} 3.0
            # EOF
            """);
  }

  @Test
  void writesTextForUnsupportedFormats() throws IOException {
    Answer answer =
        new MetricsPage(metrics)
            .get(
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.3");
    assertThat(answer.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
  }

  private static void assertAnswer(Page page, int status, String body) throws IOException {
    Answer answer = page.get("");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo(body.replace('\'', '"') + "\n");
  }
}
