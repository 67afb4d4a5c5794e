package io.sessionbridge.sink.kafka;

import static io.sessionbridge.sink.kafka.TestingRecords.ids;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The times of records, and what happens if the broker refuses them. */
final class KafkaSinkTimesIT extends KafkaSinkFixture {

  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void oldBacklogGetsTheTimeOfSending(TestInfo test) throws Exception {
    String topic = topic(test, WEEK);
    Instant now = Instant.now();
    try (KafkaSink sink = sink(topic)) {
      sink.connect();
      assertThat(sink.deliver(List.of(EVENTS.of(1, now.minus(MONTH)), EVENTS.of(2, now))))
          .isEqualTo(DeliveryResult.delivered(2));
    }
    List<ConsumerRecord<byte[], byte[]>> records = kafka.read(topic);
    assertThat(ids(records)).containsExactly(TestingEvents.id(1), TestingEvents.id(2));
    assertThat(records.get(0).timestamp()).isGreaterThanOrEqualTo(now.toEpochMilli());
    assertThat(context.metrics().count("kafka_moved_to_present_total")).isZero();
  }

  private static final Map<String, String> WEEK =
      Map.of(
          "retention.ms", "604800000",
          "message.timestamp.before.max.ms", "604800000",
          "message.timestamp.after.max.ms", "3600000");

  @Test
  void eventTimesAreKeptAsFarAsTheBrokerAcceptsThem(TestInfo test) throws Exception {
    String topic = topic(test, WEEK);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<EncodedEvent> batch = new ArrayList<>();
    batch.add(EVENTS.of(1, now.minus(MONTH.plusDays(1))));
    batch.add(EVENTS.of(2, now.minus(MONTH)));
    batch.add(EVENTS.of(3, now.minus(Duration.ofDays(6))));
    batch.add(EVENTS.of(4, now.minus(Duration.ofDays(5))));
    batch.add(EVENTS.of(5, now));
    batch.add(EVENTS.of(6, now.plus(Duration.ofDays(2))));
    batch.add(EVENTS.of(7, now.minus(MONTH)));
    batch.add(EVENTS.of(8, now));
    try (KafkaSink sink = sink(topic, "timestamp: event")) {
      sink.connect();
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryResult.delivered(8));
    }

    List<ConsumerRecord<byte[], byte[]>> records = kafka.read(topic);
    assertThat(ids(records)).isEqualTo(TestingEvents.ids(1, 8));
    assertThat(records)
        .extracting(record -> record.timestamp() < now.toEpochMilli())
        .containsExactly(false, false, true, true, false, false, false, false);
    assertThat(records.get(2).timestamp()).isEqualTo(now.minus(Duration.ofDays(6)).toEpochMilli());
    assertThat(records.get(4).timestamp()).isEqualTo(now.toEpochMilli());
    assertThat(records.get(5).timestamp()).isLessThan(now.plusSeconds(3600).toEpochMilli());
    assertThat(context.metrics().count("kafka_moved_to_present_total")).isEqualTo(4);
    assertThat(context.metrics().count("kafka_producers_total")).isEqualTo(1);
  }

  @Test
  void refusedTimeAmongAcceptedOnesGoesAgain(TestInfo test) throws Exception {
    // Two ages that the sink expects to be accepted, so they share a request; the broker refuses.
    String topic = topic(test, Map.of("message.timestamp.before.max.ms", "20000"));
    Instant now = Instant.now();
    List<EncodedEvent> batch = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      batch.add(EVENTS.of(i, now));
    }
    batch.set(2, EVENTS.of(3, now.minusSeconds(40)));
    batch.set(4, EVENTS.of(5, now.minusSeconds(30)));
    try (KafkaSink sink = sink(topic, "timestamp: event")) {
      sink.connect();
      assertThat(sink.deliver(batch)).isEqualTo(DeliveryResult.delivered(6));
    }
    assertThat(ids(kafka.read(topic))).isEqualTo(TestingEvents.ids(1, 6));
    assertThat(context.metrics().count("kafka_moved_to_present_total")).isEqualTo(2);
  }

  @Test
  void wrongClockOfThisHostIsReportedAndLosesNothing(TestInfo test) throws Exception {
    String topic = topic(test, WEEK);
    try (KafkaSink sink = sink(topic)) {
      sink.connect();
      clock.error = Duration.ofDays(1);
      DeliveryResult result = sink.deliver(EVENTS.between(1, 2));
      assertThat(result.settled()).isZero();
      assertThat(result.retry().orElseThrow().message())
          .startsWith(
              kafka.server()
                  + " refuses the present time: is the clock of this host right? (Timestamp ");
      assertThat(sink.check().detail()).isEqualTo(result.retry().orElseThrow().message());

      sink.connect();
      clock.error = Duration.ZERO;
      assertThat(sink.deliver(EVENTS.between(1, 2))).isEqualTo(DeliveryResult.delivered(2));
      assertThat(sink.check()).isEqualTo(Health.up());
    }
    assertThat(ids(kafka.read(topic))).containsExactly(TestingEvents.id(1), TestingEvents.id(2));
  }
}
