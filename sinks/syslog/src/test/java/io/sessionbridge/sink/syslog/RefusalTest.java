package io.sessionbridge.sink.syslog;

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
import io.sessionbridge.journal.Start;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.storage.FileStorage;
import io.sessionbridge.testkit.TestingConfig;
import io.sessionbridge.testkit.TestingFormats;
import io.sessionbridge.testkit.TestingSinkContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that a RELP receiver refuses, with the real delivery loop. */
@Timeout(60)
class RefusalTest {

  /** The first transaction of a message; transaction 1 opens the session. */
  private static final int FIRST_MESSAGE = 2;

  @TempDir Path folder;
  private final Clock clock = Clock.system();
  private TestingReceiver receiver;
  private Journal journal;
  private DeadLetters deadLetters;
  private DeliveryLoop loop;

  @BeforeEach
  void open() throws Exception {
    receiver = TestingReceiver.plain(TestingReceiver.Protocol.RELP);
    receiver.answerWith(
        (number, transaction, message) ->
            List.of(
                message.contains("\\refused ")
                    ? TestingReceiver.answer(transaction, "500 not this one")
                    : TestingReceiver.ok(transaction)));
    FileStorage storage = new FileStorage();
    journal = Journal.open(JournalConfig.defaults(), folder.resolve("journal"), storage, clock);
    deadLetters =
        new DeadLetters(JournalConfig.deadLetters(), folder.resolve("rejected"), storage, clock);
  }

  @AfterEach
  void close() throws Exception {
    loop.close();
    deadLetters.close();
    journal.close();
    receiver.close();
  }

  private void start(int batchEvents) throws Exception {
    TestingSinkContext context = new TestingSinkContext(clock, folder);
    String yaml = "{server: \"localhost:" + receiver.port() + "\", transport: relp}";
    SyslogSink sink = new SyslogSink(context, TestingConfig.read(SyslogSinkConfig.SPEC, yaml));
    DeliveryLoops loops =
        new DeliveryLoops(
            journal,
            deadLetters,
            context.host(),
            clock,
            () -> new HostState(clock.now(), Health.up(), List.of()),
            new MetricRegistry(),
            () -> 0);
    loop =
        loops.loop(
            "siem",
            () -> sink,
            TestingFormats.named("sentence"),
            new SinkSettings(Selection.ALL, Start.OLDEST, batchEvents, 1 << 20, Optional.empty()));
    loop.start();
  }

  private void append(String user) throws Exception {
    EventData data =
        EventData.builder(Kind.LOCK)
            .put(Field.HOST_ID, "host-1")
            .put(Field.USER_NAME, user)
            .put(Field.USER_DOMAIN, "CONTOSO")
            .build();
    Observation seen = Observation.recorded(clock.now(), data, null);
    journal.awaitDurable(journal.append(List.of(new Entry(0, EventRecord.encode("test", seen)))));
  }

  private void await(SinkTotals wanted) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!loop.totals().equals(wanted) && System.nanoTime() - end < 0) {
      boolean unused = clock.signal().await(Duration.ofMillis(10));
    }
    assertThat(loop.totals()).isEqualTo(wanted);
  }

  /** Alone it waits, because the receiver may refuse everything; the next one decides. */
  @ParameterizedTest
  @ValueSource(ints = {1, 100})
  void lastOneThatIsRefusedEndsAsADeadLetter(int batchEvents) throws Exception {
    start(batchEvents);
    append("kim");
    append("refused");
    await(new SinkTotals(2, 1, 0, 0, 0, 1));
    List<String> unused = receiver.await(2);
    append("sam");
    await(new SinkTotals(3, 2, 0, 1, 0, 0));
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!loop.check().isUp() && System.nanoTime() - end < 0) {
      boolean unusedAgain = clock.signal().await(Duration.ofMillis(10));
    }
    assertThat(loop.check()).isEqualTo(Health.up());
  }

  /** The receiver changes between two sessions: after accepting a part it refuses the rest. */
  @Test
  void nothingIsRejectedWhenAllIsRefused() throws Exception {
    AtomicBoolean willing = new AtomicBoolean();
    AtomicBoolean takes = new AtomicBoolean();
    receiver.answerWith(
        (number, transaction, message) -> {
          if (transaction == FIRST_MESSAGE) {
            takes.set(willing.get());
          }
          return List.of(
              takes.get()
                  ? TestingReceiver.ok(transaction)
                  : TestingReceiver.answer(transaction, "500 not this one"));
        });
    start(100);
    append("refused");
    append("refused");
    append("refused");
    List<String> unused = receiver.await(5);
    await(new SinkTotals(3, 0, 0, 0, 0, 3));
    willing.set(true);
    await(new SinkTotals(3, 3, 0, 0, 0, 0));
  }
}
