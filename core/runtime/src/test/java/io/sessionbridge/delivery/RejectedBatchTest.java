package io.sessionbridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.supervision.BusySince;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A rejected batch costs one force and one line in the log. */
class RejectedBatchTest {

  private static final Path FOLDER = Path.of("data");
  private static final Path REJECTED = Path.of("data", "rejected");
  private static final int EVENTS = 300;

  private final ModelStorage disk = new ModelStorage();
  private final ModelStorage letterDisk = new ModelStorage();
  private final DeadLetters deadLetters =
      new DeadLetters(JournalConfig.deadLetters(), REJECTED, letterDisk, Clock.system());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Journal journal;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), FOLDER, disk, Clock.system());
    log.start();
    logger().setLevel(Level.WARN);
    logger().addAppender(log);
  }

  @AfterEach
  void close() {
    logger().detachAppender(log);
    logger().setLevel(null);
    deadLetters.close();
    journal.close();
  }

  @Test
  void isOneForceAndOneWarning() throws Exception {
    deadLetters.add(List.of(new DeadLetters.Letter("lake", "id", "first", new byte[1])));
    append(Kind.LOGON);
    long before = letterDisk.operations();
    try (BatchDeliverer deliverer = deliverer()) {
      assertThat(deliverer.round().settled()).isEqualTo(EVENTS);
    }
    assertThat(letterDisk.operations() - before).as("one write, one force").isEqualTo(2);
    assertThat(letters()).isEqualTo(1 + EVENTS);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "sink lake rejected 300 events, the first " + journal.epoch() + "-1: too large");
  }

  @Test
  void isOneForceAndOneWarningIfNothingCanBeEncoded() throws Exception {
    deadLetters.add(List.of(new DeadLetters.Letter("lake", "id", "first", new byte[1])));
    for (int i = 0; i < EVENTS; i++) {
      journal.awaitDurable(journal.append(List.of(new Entry(0, new byte[] {9, 9}))));
    }
    long before = letterDisk.operations();
    try (BatchDeliverer deliverer = deliverer()) {
      deliverer.round();
    }
    assertThat(letterDisk.operations() - before).as("one write, one force").isEqualTo(2);
    assertThat(letters()).isEqualTo(1 + EVENTS);
    assertThat(log.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith(
            "sink lake cannot receive 300 events, the first "
                + journal.epoch()
                + "-1: it cannot be encoded: ");
  }

  /** A detail may contain anything, for example program output with the name of its user. */
  @Test
  void hasNoDetailIfTheSinkIsProtected() throws Exception {
    append(Kind.LOGON);
    var cursor = journal.cursors().open("lake", Start.OLDEST);
    try (StepReader reader =
        new StepReader(
            journal.reader(0),
            Selection.ALL,
            event -> new EncodedEvent(event, event.json(), "application/json", List.of()),
            new TestingHost("host-1", "HOST1"),
            () -> 0)) {
      Step.Send send = (Step.Send) reader.read(1, 1 << 20).get(0);
      List<Rejection> refused = List.of(new Rejection(0, "exit code 1", "hello kim"));
      new DeliveryLedger("lake", cursor, deadLetters, true)
          .writeDeadLetters(List.of(send), refused);
      new DeliveryLedger("lake", cursor, deadLetters, false)
          .writeDeadLetters(List.of(send), refused);
    }
    assertThat(texts())
        .satisfiesExactly(
            plain -> assertThat(plain).contains("exit code 1: hello kim"),
            hidden -> assertThat(hidden).contains("exit code 1").doesNotContain("hello"));
  }

  private List<String> texts() throws Exception {
    deadLetters.close();
    List<String> texts = new ArrayList<>();
    try (Journal letters =
            Journal.open(JournalConfig.deadLetters(), REJECTED, letterDisk, Clock.system());
        JournalReader reader = letters.reader(0)) {
      for (JournalRecord record : reader.read(1000, 16 << 20)) {
        texts.add(new String(((JournalRecord.Data) record).payload(), UTF_8));
      }
    }
    return texts;
  }

  private BatchDeliverer deliverer() throws Exception {
    var cursor = journal.cursors().open("lake", Start.OLDEST);
    StepReader reader =
        new StepReader(
            journal.reader(0),
            Selection.ALL,
            event -> new EncodedEvent(event, event.json(), "application/json", List.of()),
            new TestingHost("host-1", "HOST1"),
            () -> 0);
    SinkSettings settings =
        new SinkSettings(Selection.ALL, Start.OLDEST, 1000, 1 << 20, Optional.empty());
    return new BatchDeliverer(
        "lake",
        new RefusingSink(),
        new InFlight(reader, TestingShare.unlimited()),
        new DeliveryLedger("lake", cursor, deadLetters, true),
        settings,
        Clock.system(),
        new BusySince(Clock.system()),
        after -> reader.over(journal.reader(after)));
  }

  private void append(Kind kind) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      EventData data =
          EventData.builder(kind)
              .put(Field.HOST_ID, "host-1")
              .put(Field.USER_NAME, "u" + i)
              .build();
      entries.add(
          new Entry(
              0, EventRecord.encode("test", Observation.recorded(Instant.EPOCH, data, null))));
    }
    journal.awaitDurable(journal.append(entries));
  }

  private int letters() throws Exception {
    deadLetters.close();
    try (Journal letters =
            Journal.open(JournalConfig.deadLetters(), REJECTED, letterDisk, Clock.system());
        JournalReader reader = letters.reader(0)) {
      return reader.read(1000, 16 << 20).size();
    }
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(BatchDeliverer.class);
  }

  /** Rejects everything. */
  private static final class RefusingSink implements Sink {
    @Override
    public void connect() {}

    @Override
    public DeliveryResult deliver(List<EncodedEvent> batch) {
      return DeliveryResult.settled(
          batch.size(),
          IntStream.range(0, batch.size()).mapToObj(i -> new Rejection(i, "too large")).toList());
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {}
  }
}
