package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingEvents.config;
import static io.sessionbridge.sink.kafka.TestingEvents.events;
import static io.sessionbridge.sink.kafka.TestingEvents.ids;
import static io.sessionbridge.sink.kafka.TestingEvents.idsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What arrives in a topic of a broker that is well. */
final class KafkaSinkIT {

  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

  @TempDir private static Path folder;
  private static TestingKafka kafka;
  private final TestingContext context = new TestingContext(folder);

  @BeforeAll
  static void start() {
    kafka = new TestingKafka(folder.resolve("broker")).start();
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private KafkaSink sink(String topic, String... more) {
    return new KafkaSink(
        context,
        config(
            "bootstrap_servers: [\""
                + kafka.server()
                + "\"]\ntopic: "
                + topic
                + "\n"
                + String.join("\n", more)),
        SHORT);
  }

  private static String topic(TestInfo test, Map<String, String> settings) throws Exception {
    String topic = test.getTestMethod().orElseThrow().getName();
    kafka.createTopic(topic, settings);
    return topic;
  }

  @Test
  void eventsArriveInOrderAndAreCounted(TestInfo test) throws Exception {
    String topic = topic(test, Map.of());
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (KafkaSink sink = sink(topic)) {
      assertThat(sink.check()).isEqualTo(Health.degraded("not connected yet"));
      sink.connect();
      assertThat(sink.check()).isEqualTo(Health.up());
      assertThat(sink.deliver(events(1, 3_000))).isEqualTo(DeliveryResult.delivered(3_000));
      assertThat(sink.deliver(events(3_001, 3_001))).isEqualTo(DeliveryResult.delivered(1));
    }

    List<ConsumerRecord<byte[], byte[]>> records = kafka.read(topic);
    assertThat(ids(records)).isEqualTo(idsOf(1, 3_001));
    assertThat(records)
        .allSatisfy(
            record -> {
              assertThat(record.key()).asString().isEqualTo("host-1");
              assertThat(record.timestamp()).isBetween(before.toEpochMilli(), Long.MAX_VALUE);
            });
    assertThat(context.count("kafka_acknowledged_total")).isEqualTo(3_001);
    assertThat(context.count("kafka_producers_total")).isEqualTo(1);
  }
}
