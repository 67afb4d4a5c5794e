package io.sessionbridge.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.testkit.TestingEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

final class BatchDeliveryTest {

  private static final TestingEvents EVENTS = new TestingEvents("cloudevents_binary");

  private final TestingProducer producer = new TestingProducer();

  private BatchDelivery delivery(TimestampMode mode, List<EncodedEvent> batch) {
    return new BatchDelivery(
        new Connection(producer, new AnswerLimit()),
        new Records("t"),
        new RecordTimes(mode),
        Clock.system(),
        batch);
  }

  @Test
  void firstFailedRecordEndsThePrefixAndTheSending() throws Exception {
    TimeoutException failure = new TimeoutException("too late");
    producer.fail(TestingEvents.id(4), failure);
    BatchDelivery delivery = delivery(TimestampMode.SENT, EVENTS.between(1, 10));
    assertThat(delivery.run()).isSameAs(failure);
    assertThat(delivery.settled()).isEqualTo(3);
    assertThat(delivery.rejected()).isEmpty();
    assertThat(producer.sent()).isEqualTo(TestingEvents.ids(1, 4));
  }

  @Test
  void largeRecordEndsNothing() throws Exception {
    producer.fail(TestingEvents.id(1), new RecordTooLargeException("large"));
    producer.fail(TestingEvents.id(3), new TimeoutException("too late"));
    List<EncodedEvent> batch = EVENTS.between(1, 10);
    BatchDelivery delivery = delivery(TimestampMode.SENT, batch);
    assertThat(delivery.run()).hasMessage("too late");
    assertThat(delivery.settled()).isEqualTo(2);
    assertThat(delivery.rejected())
        .containsExactly(
            new Rejection(0, "record of " + batch.get(0).body().length + " bytes: large"));
  }

  @Test
  void recordThatIsInvalidAloneIsRejected() throws Exception {
    producer.fail(TestingEvents.id(1), new KafkaException("part of a batch with invalid records"));
    producer.fail(TestingEvents.id(2), new InvalidRecordException("broken"));
    List<EncodedEvent> batch = EVENTS.between(1, 3);
    BatchDelivery delivery = delivery(TimestampMode.SENT, batch);
    assertThat(delivery.run()).isNull();
    assertThat(delivery.settled()).isEqualTo(3);
    assertThat(delivery.rejected())
        .containsExactly(
            new Rejection(1, "record of " + batch.get(1).body().length + " bytes: broken"));
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void brokenProducerIsNoReasonToReject() throws Exception {
    producer.fail(TestingEvents.id(1), new KafkaException("fatal"), new KafkaException("fatal"));
    BatchDelivery delivery = delivery(TimestampMode.SENT, EVENTS.between(1, 3));
    assertThat(delivery.run()).hasMessage("fatal");
    assertThat(delivery.settled()).isZero();
    assertThat(delivery.rejected()).isEmpty();
  }

  @Test
  void exceptionOfSendIsAResultToo() throws Exception {
    producer.sendException = new KafkaException("closed");
    BatchDelivery delivery = delivery(TimestampMode.SENT, EVENTS.between(1, 3));
    assertThat(delivery.run()).hasMessage("closed");
    assertThat(delivery.settled()).isZero();
  }

  @Test
  void oldestGoesAloneAndItsRefusalHoldsForOlderOnes() throws Exception {
    Instant now = Instant.now();
    producer.fail(TestingEvents.id(2), new InvalidTimestampException("too old"));
    List<EncodedEvent> batch = new ArrayList<>();
    batch.add(EVENTS.of(1, now));
    batch.add(EVENTS.of(2, now.minusSeconds(1_000)));
    batch.add(EVENTS.of(3, now.minusSeconds(2_000)));
    batch.add(EVENTS.of(4, now.minusSeconds(500)));
    batch.add(EVENTS.of(5, now.minusSeconds(400)));
    BatchDelivery delivery = delivery(TimestampMode.EVENT, batch);
    assertThat(delivery.run()).isNull();
    assertThat(delivery.movedToPresent()).isEqualTo(2);
    assertThat(producer.sent())
        .containsExactly(
            TestingEvents.id(1),
            TestingEvents.id(2),
            TestingEvents.id(2),
            TestingEvents.id(3),
            TestingEvents.id(4),
            TestingEvents.id(5));
    assertThat(producer.history())
        .extracting(record -> record.timestamp() < now.toEpochMilli())
        .containsExactly(false, false, false, true, true);
  }

  @Test
  void timeBeforeTheEpochIsNoTimestamp() throws Exception {
    BatchDelivery delivery =
        delivery(
            TimestampMode.EVENT,
            List.of(EVENTS.of(1, Instant.parse("1601-01-01T00:00:00.000000Z"))));
    assertThat(delivery.run()).isNull();
    assertThat(producer.history().get(0).timestamp()).isPositive();
    assertThat(delivery.movedToPresent()).isEqualTo(1);
  }
}
