package io.sessionbridge.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.delivery.DeadLetters;
import io.sessionbridge.delivery.DeliveryLoop;
import io.sessionbridge.delivery.DeliveryLoops;
import io.sessionbridge.delivery.Selection;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.delivery.SinkTotals;
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
import io.sessionbridge.sink.mqtt.settings.ConnectionTimeouts;
import io.sessionbridge.sink.mqtt.settings.MqttSinkConfig;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event that a real broker does not answer, but ends the connection on. */
@Timeout(180)
class PoisonIT {

  private static final int EVENTS = 7;
  private static final int LARGE = 4;

  @TempDir Path folder;
  private final Clock clock = Clock.system();
  private Journal journal;
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

  private DeliveryLoop start(Sink sink, String format) throws Exception {
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

  private void append() throws Exception {
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

  private void awaitSettled(DeliveryLoop running) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    Clock.Signal never = clock.signal();
    while (running.totals().pending() > 0) {
      assertThat(System.nanoTime()).as("%s", running.totals()).isLessThan(end);
      boolean unused = never.await(Duration.ofMillis(20));
    }
  }

  private List<String> good() {
    return IntStream.rangeClosed(1, EVENTS)
        .filter(i -> i != LARGE)
        .mapToObj(i -> journal.epoch() + "-" + i)
        .toList();
  }

  private String letter() throws Exception {
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

  @ParameterizedTest
  @CsvSource({
    "3.1.1,max_packet_size 2000",
    "5,max_packet_size 2000",
    "5,message_size_limit 2000" // with 3.1.1 it acknowledges what it drops
  })
  void eventThatMosquittoDoesNotTakeIsADeadLetter(String version, String limit) throws Exception {
    try (TestingMosquitto broker = new TestingMosquitto(folder.resolve("broker"))) {
      broker.open().with(limit).start();
      append();
      try (TestingSubscriber subscriber = new TestingSubscriber(broker.port())) {
        TestingSinkContext context = new TestingSinkContext(clock, folder);
        String yaml =
            "{server: \"tcp://127.0.0.1:" + broker.port() + "\", version: " + version + "}";
        ConnectionTimeouts timeouts =
            new ConnectionTimeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(500));
        DeliveryLoop running =
            start(
                new MqttSink(context, TestingConfig.read(MqttSinkConfig.SPEC, yaml), timeouts),
                "cloudevents");
        awaitSettled(running);
        subscriber.catchUp();
        assertThat(new ArrayList<>(new LinkedHashSet<>(subscriber.ids()))).isEqualTo(good());
        assertThat(running.totals()).isEqualTo(new SinkTotals(EVENTS, EVENTS - 1, 0, 1, 0, 0));
        assertThat(letter()).contains(journal.epoch() + "-" + LARGE);
      }
    }
  }
}
