package io.sessionbridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A journal with one large event among small ones, and the loop of a sink that delivers them to a
 * real receiver, which closes the connection on the large one without an answer.
 */
@Timeout(180)
public abstract class PoisonFixture {

  /** The number of appended events. */
  protected static final int EVENTS = 7;

  /** The index of the large event. */
  protected static final int LARGE = 4;

  @TempDir protected Path folder;
  protected final Clock clock = Clock.system();
  protected Journal journal;
  private DeadLetters deadLetters;
  private @Nullable DeliveryLoop loop;

  @BeforeEach
  void open() throws Exception {
    FileStorage storage = new FileStorage();
    journal = Journal.open(JournalConfig.defaults(), folder.resolve("journal"), storage, clock);
    deadLetters =
        new DeadLetters(JournalConfig.deadLetters(), folder.resolve("rejected"), storage, clock);
  }

  @AfterEach
  void close() {
    if (loop != null) {
      loop.close();
    }
    deadLetters.close();
    journal.close();
  }

  /** Starts the loop of that sink. */
  protected DeliveryLoop start(Sink sink, String format) throws Exception {
    DeliveryLoops loops =
        new DeliveryLoops(
            journal,
            deadLetters,
            new TestingHost(),
            clock,
            () -> new HostState(clock.now(), Health.up(), List.of()),
            new MetricRegistry(),
            () -> 0);
    DeliveryLoop started =
        loops.loop(
            "dst",
            () -> sink,
            TestingFormats.named(format),
            new SinkSettings(Selection.ALL, Start.OLDEST, 500, 1 << 20, Optional.empty()));
    loop = started;
    started.start();
    return started;
  }

  /** Appends all events. */
  protected void append() throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= EVENTS; i++) {
      EventData data =
          EventData.builder(Kind.LOCK)
              .put(Field.HOST_ID, "host-1")
              .put(Field.USER_NAME, "u" + i + (i == LARGE ? "x".repeat(3000) : ""))
              .build();
      Observation seen = Observation.recorded(clock.now(), data, null);
      entries.add(new Entry(0, EventRecord.encode("test", seen)));
    }
    journal.awaitDurable(journal.append(entries));
  }

  /** Waits until everything is delivered. */
  protected void awaitSettled(DeliveryLoop running) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    Clock.Signal never = clock.signal();
    while (running.totals().pending() > 0) {
      assertThat(System.nanoTime()).as("%s", running.totals()).isLessThan(end);
      boolean unused = never.await(Duration.ofMillis(20));
    }
  }

  /** The ids of the small events. */
  protected List<String> good() {
    return IntStream.rangeClosed(1, EVENTS)
        .filter(i -> i != LARGE)
        .mapToObj(i -> journal.epoch() + "-" + i)
        .toList();
  }

  /** The only dead letter. */
  protected String letter() throws Exception {
    deadLetters.close();
    Path rejected = folder.resolve("rejected");
    try (Journal letters =
            Journal.open(JournalConfig.deadLetters(), rejected, new FileStorage(), clock);
        JournalReader reader = letters.reader(0)) {
      List<JournalRecord> records = reader.read(10, 1 << 20);
      assertThat(records).hasSize(1);
      return new String(((JournalRecord.Data) records.get(0)).payload(), UTF_8);
    }
  }
}
