package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.delivery.BatchDeliverer.Round;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Failure;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.supervision.BusySince;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchDelivererTest {

  private final ModelStorage letterDisk = new ModelStorage();
  private final DeadLetters deadLetters =
      new DeadLetters(
          JournalConfig.deadLetters(), Path.of("data", "rejected"), letterDisk, Clock.system());
  private final TestingClock clock = new TestingClock();
  private final AnsweringSink sink = new AnsweringSink();
  private Journal journal;
  private Cursor cursor;

  @BeforeEach
  void open() throws Exception {
    journal =
        Journal.open(JournalConfig.defaults(), Path.of("data"), new ModelStorage(), Clock.system());
    cursor = journal.cursors().open("lake", Start.OLDEST);
  }

  @AfterEach
  void close() {
    deadLetters.close();
    journal.close();
  }

  @Test
  void isIdleWithoutEvents() throws Exception {
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 100, Optional.empty())) {
      assertThat(deliverer.round().idle()).isTrue();
      assertThat(sink.batches).isEmpty();
    }
  }

  @Test
  void sendsOneBatchPerRoundAndMovesTheCursor() throws Exception {
    append(5);
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 3, Optional.empty())) {
      assertThat(deliverer.round())
          .isEqualTo(new Round(false, 3, Duration.ZERO, Optional.empty(), true, false));
      assertThat(cursor.state().position()).isEqualTo(3);
      assertThat(deliverer.round().settled()).isEqualTo(2);
      assertThat(cursor.state().position()).isEqualTo(5);
      assertThat(sink.batches).containsExactly(3, 2);
    }
  }

  @Test
  void treatsAnUncheckedExceptionAsAFailedBatch() throws Exception {
    append(2);
    sink.answer =
        batch -> {
          throw new IllegalStateException("no idea");
        };
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 100, Optional.empty())) {
      assertFailed(
          deliverer.round(),
          "delivery of 2 events failed: java.lang.IllegalStateException: no idea");
      assertThat(cursor.state().position()).isZero();
    }
  }

  @Test
  void treatsAnInvalidResultAsAFailure() throws Exception {
    append(2);
    sink.answer = batch -> DeliveryResult.delivered(1);
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 100, Optional.empty())) {
      assertFailed(
          deliverer.round(),
          "delivery of 2 events failed: java.lang.IllegalStateException: the sink settled 1 of 2"
              + " and gave no reason");
      sink.answer = batch -> DeliveryResult.delivered(3);
      assertFailed(
          deliverer.round(),
          "delivery of 2 events failed: java.lang.IllegalStateException: the sink settled 3 of 2"
              + " and gave no reason");
      assertThat(cursor.state().position()).isZero();
    }
  }

  @Test
  void doesNotTreatAnInterruptAsAFailure() throws Exception {
    append(1);
    sink.isInterrupted = true;
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 100, Optional.empty())) {
      assertThatThrownBy(deliverer::round).isInstanceOf(InterruptedException.class);
      assertThat(cursor.state().position()).isZero();
    }
  }

  @Test
  void deliversOnceEvenIfTheDeadLettersFail() throws Exception {
    deadLetters.add(List.of(new DeadLetters.Letter("lake", "id", "first", new byte[1])));
    append(2);
    sink.answer = batch -> DeliveryResult.settled(2, List.of(new Rejection(0, "too large")));
    letterDisk.failAt(0, 1, "the disk is gone");
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 100, Optional.empty())) {
      assertThatThrownBy(deliverer::round).isInstanceOf(IOException.class);
      assertThat(cursor.state().position()).isZero();
      assertThat(deliverer.round().idle()).isTrue();
      assertThat(cursor.state().position()).isEqualTo(2);
      assertThat(cursor.state().rejected()).isEqualTo(1);
      assertThat(sink.batches).containsExactly(2);
    }
  }

  @Test
  void waitsForTheRateLimitWithoutADelivery() throws Exception {
    append(3);
    try (BatchDeliverer deliverer = deliverer(Selection.ALL, 100, Optional.of(2L))) {
      assertThat(deliverer.round().settled()).isEqualTo(2);
      Round waiting = deliverer.round();
      assertThat(waiting.rest()).isBetween(Duration.ofMillis(500), Duration.ofMillis(501));
      assertThat(waiting.failure()).isEmpty();
      assertThat(sink.batches).containsExactly(2);
      clock.advance(waiting.rest());
      assertThat(deliverer.round().settled()).isEqualTo(1);
    }
  }

  @Test
  void passesUnselectedEventsWhileDisconnected() throws Exception {
    append(4);
    try (BatchDeliverer deliverer =
        deliverer(TestingSelection.of("users: [u3]"), 100, Optional.empty())) {
      deliverer.lookAhead(() -> false);
      assertThat(cursor.state().filtered()).isEqualTo(2);
      assertThat(deliverer.waitingSince()).isEqualTo(Instant.EPOCH);
      assertThat(sink.batches).isEmpty();
    }
  }

  private static void assertFailed(Round round, String message) {
    assertThat(round.settled()).isZero();
    assertThat(round.answered()).isFalse();
    assertThat(round.failure()).contains(new Failure(message, true));
  }

  private BatchDeliverer deliverer(Selection selection, int events, Optional<Long> perSecond) {
    StepReader reader =
        new StepReader(
            journal.reader(0),
            selection,
            event -> new EncodedEvent(event, event.json(), "application/json", List.of()),
            new TestingHost("host-1", "HOST1"),
            () -> 0);
    return new BatchDeliverer(
        "lake",
        sink,
        new InFlight(reader, TestingShare.unlimited()),
        new DeliveryLedger("lake", cursor, deadLetters, true),
        new SinkSettings(selection, Start.OLDEST, events, 1 << 20, perSecond),
        clock,
        new BusySince(clock),
        after -> reader.over(journal.reader(after)));
  }

  private void append(int events) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= events; i++) {
      EventData data =
          EventData.builder(Kind.LOGON)
              .put(Field.HOST_ID, "host-1")
              .put(Field.USER_NAME, "u" + i)
              .build();
      Observation seen = Observation.recorded(Instant.EPOCH, data, null);
      entries.add(new Entry(0, EventRecord.encode("test", seen)));
    }
    journal.awaitDurable(journal.append(entries));
  }

  /** Returns the prepared result. */
  private static final class AnsweringSink implements Sink {
    private final List<Integer> batches = new ArrayList<>();
    private Function<List<EncodedEvent>, DeliveryResult> answer =
        batch -> DeliveryResult.delivered(batch.size());
    private boolean isInterrupted;

    @Override
    public void connect() {}

    @Override
    public DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException {
      if (isInterrupted) {
        throw new InterruptedException();
      }
      batches.add(batch.size());
      return answer.apply(batch);
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {}
  }
}
