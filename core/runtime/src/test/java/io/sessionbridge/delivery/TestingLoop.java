package io.sessionbridge.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.DeliveryException;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A delivery loop over a real journal, with a scripted sink. */
abstract class TestingLoop {

  private static final Path FOLDER = Path.of("data");
  private static final Path REJECTED = Path.of("data", "rejected");
  private static final Host HOST = new TestingHost("host-1", "HOST1");

  final ModelStorage disk = new ModelStorage();
  final ScriptedSink sink = new ScriptedSink();
  Journal journal;
  private DeadLetters deadLetters;
  DeliveryLoop loop;
  volatile long latestHeartbeat;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), FOLDER, disk, Clock.system());
    deadLetters = new DeadLetters(JournalConfig.deadLetters(), REJECTED, disk, Clock.system());
  }

  @AfterEach
  void close() {
    loop.close();
    deadLetters.close();
    journal.close();
  }

  void start(SinkSettings settings) throws Exception {
    start(settings, TestingLoop::encoded);
  }

  void start(SinkSettings settings, EventFormat format) throws Exception {
    var cursor = journal.cursors().open("lake", Start.OLDEST);
    StepReader reader =
        new StepReader(
            journal.reader(cursor.state()),
            settings.selection(),
            format,
            HOST,
            () -> latestHeartbeat);
    loop =
        new DeliveryLoop(
            new DeliveryLoop.Parts(
                "lake",
                sink,
                journal,
                reader,
                new DeliveryLedger("lake", cursor, deadLetters, true),
                settings,
                () -> new HostState(Instant.EPOCH, Health.up(), List.of()),
                Clock.system(),
                new Backoff(new NoWait()),
                TestingShare.unlimited()));
    loop.start();
  }

  static SinkSettings settings(Selection selection) {
    return new SinkSettings(selection, Start.OLDEST, 100, 1 << 20, Optional.empty());
  }

  static EncodedEvent encoded(SessionEvent event) {
    return new EncodedEvent(event, event.json(), "application/json", List.of());
  }

  void append(int from, int to) throws Exception {
    append(Kind.LOGON, from, to);
  }

  void append(Kind kind, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      journal.awaitDurable(journal.append(List.of(entry(kind, i))));
    }
  }

  static Entry entry(Kind kind, int number) {
    return entry(kind, number, null);
  }

  static Entry entry(Kind kind, int number, @Nullable String accountType) {
    EventData data =
        EventData.builder(kind)
            .put(Field.HOST_ID, HOST.id())
            .put(Field.USER_NAME, "u" + number)
            .put(Field.USER_DOMAIN, "CONTOSO")
            .put(Field.ACCOUNT_TYPE, accountType)
            .build();
    Observation seen = Observation.recorded(Instant.EPOCH, data, null);
    return new Entry(0, EventRecord.encode("test", seen));
  }

  static List<String> users(int from, int to) {
    List<String> users = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      users.add("u" + i);
    }
    return users;
  }

  void awaitPassed(long sequence) throws Exception {
    await(() -> loop.totals().pending() == 0 && journal.durableSequence() >= sequence);
  }

  static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      never.await(2, MILLISECONDS);
    }
  }

  List<String> letters() throws Exception {
    deadLetters.close();
    try (Journal letters =
            Journal.open(JournalConfig.deadLetters(), REJECTED, disk, Clock.system());
        JournalReader reader = letters.reader(0)) {
      return reader.read(100, 1 << 20).stream()
          .map(record -> ((JournalRecord.Data) record).payload())
          .map(payload -> new String(payload, StandardCharsets.UTF_8))
          .toList();
    }
  }

  /** Fails as scripted, then works. */
  static final class ScriptedSink implements Sink {
    final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final List<Function<List<EncodedEvent>, DeliveryResult>> script =
        new CopyOnWriteArrayList<>();
    volatile int connects;
    volatile int refusals;
    volatile String breaksOn = "nobody";
    volatile boolean closed;

    void onDeliver(Function<List<EncodedEvent>, DeliveryResult> answer) {
      script.add(answer);
    }

    List<String> users() {
      return events.stream().map(event -> event.data().get(Field.USER_NAME)).toList();
    }

    @Override
    public void connect() throws DeliveryException {
      int tries = connects + 1;
      connects = tries;
      if (tries <= refusals) {
        throw new DeliveryException("server k1:1 does not answer");
      }
    }

    @Override
    public DeliveryResult deliver(List<EncodedEvent> batch) {
      for (EncodedEvent event : batch) {
        String user = String.valueOf(event.event().data().get(Field.USER_NAME));
        if (user.equals(breaksOn) || breaksOn.equals("u")) {
          throw new IllegalStateException("broken by " + user);
        }
      }
      DeliveryResult result =
          script.isEmpty() ? DeliveryResult.delivered(batch.size()) : script.remove(0).apply(batch);
      batch.subList(0, result.settled()).forEach(event -> events.add(event.event()));
      return result;
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Jitter that always returns zero. */
  private static final class NoWait extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public long nextLong(long bound) {
      return 0;
    }
  }
}
