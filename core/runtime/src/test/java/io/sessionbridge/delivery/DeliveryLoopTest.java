package io.sessionbridge.delivery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Appended;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryLoopTest {

  private static final Path FOLDER = Path.of("data");
  private static final Path REJECTED = Path.of("data", "rejected");
  private static final Host HOST = new TestingHost("host-1", "HOST1");

  private final ModelStorage disk = new ModelStorage();
  private final ScriptedSink sink = new ScriptedSink();
  private Journal journal;
  private DeadLetters deadLetters;
  private DeliveryLoop loop;
  private volatile long newestSignOfLife;

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

  @Test
  void deliversInOrderAndTheBooksBalance() throws Exception {
    start(settings(Selection.ALL));
    append(1, 100);
    awaitPassed(100);
    assertThat(sink.users()).isEqualTo(users(1, 100));
    assertThat(loop.totals()).isEqualTo(new SinkTotals(100, 100, 0, 0, 0, 0));
    assertThat(loop.check()).isEqualTo(Health.up());
  }

  @Test
  void comesAgainWithTheRestAfterAFailure() throws Exception {
    sink.onDeliver(batch -> DeliveryResult.failed(batch.size() / 2, List.of(), "half is enough"));
    sink.onDeliver(batch -> DeliveryResult.failed(0, List.of(), "not now"));
    append(1, 10);
    start(settings(Selection.ALL));
    awaitPassed(10);
    assertThat(sink.users()).isEqualTo(users(1, 10));
    assertThat(sink.connects).isEqualTo(3);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(10, 10, 0, 0, 0, 0));
  }

  /** As a receiver that refuses one message, which the sink knows from one that refuses all. */
  @Test
  void whatIsNotTakenAloneComesAgainWithItsNeighbour() throws Exception {
    List<Integer> sizes = new CopyOnWriteArrayList<>();
    CompletableFuture<Boolean> triedAlone = new CompletableFuture<>();
    CompletableFuture<Boolean> neighboursCame = new CompletableFuture<>();
    sink.onDeliver(
        batch -> {
          sizes.add(batch.size());
          triedAlone.complete(true);
          neighboursCame.join();
          return DeliveryResult.failed(0, List.of(), "not alone");
        });
    for (int i = 0; i < 2; i++) {
      sink.onDeliver(
          batch -> {
            sizes.add(batch.size());
            return DeliveryResult.delivered(batch.size());
          });
    }
    start(new SinkSettings(Selection.ALL, Start.OLDEST, 1, 1 << 10, Optional.empty()));
    append(1, 1);
    triedAlone.join();
    append(2, 3);
    neighboursCame.complete(true);
    awaitPassed(3);
    assertThat(sizes).containsExactly(1, 2, 1);
    assertThat(sink.users()).isEqualTo(users(1, 3));
  }

  @Test
  void triesToConnectForEver() throws Exception {
    sink.refusals = 5;
    append(1, 3);
    start(settings(Selection.ALL));
    awaitPassed(3);
    assertThat(sink.connects).isEqualTo(6);
    assertThat(sink.users()).isEqualTo(users(1, 3));
  }

  @Test
  void tellsWhyItDoesNotConnect() throws Exception {
    sink.refusals = Integer.MAX_VALUE;
    start(settings(Selection.ALL));
    await(() -> sink.connects > 1);
    assertThat(loop.check()).isEqualTo(Health.degraded("server k1:1 does not answer"));
  }

  @Test
  void knowsWhatWaitsAlthoughTheSinkWasNeverThere() throws Exception {
    sink.refusals = Integer.MAX_VALUE;
    append(Kind.LOCK, 1, 250);
    append(251, 252);
    start(settings(TestingSelection.of("kinds: [logon]")));
    await(() -> loop.totals().pending() == 2);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(252, 0, 250, 0, 0, 2));
    await(() -> loop.waitingSince().isPresent());
    assertThat(loop.waitingSince()).hasValue(Instant.EPOCH);
    assertThat(loop.backlogBytes()).isEqualTo(journal.status().bytes());
    assertThat(loop.failures()).isPositive();
  }

  @Test
  void nothingWaitsOnceEverythingArrived() throws Exception {
    sink.refusals = 3;
    append(1, 5);
    start(settings(Selection.ALL));
    awaitPassed(5);
    await(() -> loop.waitingSince().isEmpty());
    assertThat(loop.backlogBytes()).isZero();
    assertThat(loop.failures()).isZero();
    assertThat(loop.untilNextAttempt()).isEqualTo(Duration.ZERO);
  }

  @Test
  void anEventThatCannotBeEncodedIsADeadLetterAndTheOthersArrive() throws Exception {
    append(1, 9);
    start(
        settings(Selection.ALL),
        event -> {
          if ("u5".equals(event.data().get(Field.USER_NAME))) {
            throw new IllegalStateException("no form for u5");
          }
          return encoded(event);
        });
    awaitPassed(9);
    List<String> expected = new ArrayList<>(users(1, 9));
    expected.remove("u5");
    assertThat(sink.users()).isEqualTo(expected);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(9, 8, 0, 1, 0, 0));
    assertThat(letters())
        .singleElement()
        .asString()
        .contains("lake", journal.epoch() + "-5", "cannot be encoded: no form for u5", "\"u5\"");
  }

  @Test
  void whatTheSinkRefusesIsADeadLetter() throws Exception {
    sink.onDeliver(
        batch ->
            DeliveryResult.settled(
                batch.size(), List.of(new DeliveryResult.Rejection(1, "too large: 9 of 8 bytes"))));
    append(1, 4);
    start(settings(Selection.ALL));
    awaitPassed(4);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(4, 3, 0, 1, 0, 0));
    assertThat(letters()).singleElement().asString().contains("too large: 9 of 8 bytes");
  }

  @Test
  void findsTheOneEventThatBreaksTheSink() throws Exception {
    sink.breaksOn = "u6";
    append(1, 12);
    start(settings(Selection.ALL));
    awaitPassed(12);
    List<String> expected = new ArrayList<>(users(1, 12));
    expected.remove("u6");
    assertThat(new ArrayList<>(new LinkedHashSet<>(sink.users()))).isEqualTo(expected);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(12, 11, 0, 1, 0, 0));
    assertThat(letters())
        .singleElement()
        .asString()
        .contains(
            "in 8 tests the peer accepted its neighbour and then failed on it: deliver of 1 event failed: java.lang.IllegalStateException: broken by u6");
  }

  @Test
  void givesUpNothingWhenTheSinkBreaksOnEverything() throws Exception {
    sink.breaksOn = "u";
    append(1, 6);
    start(settings(Selection.ALL));
    await(() -> sink.connects > 20);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(6, 0, 0, 0, 0, 6));
  }

  @Test
  void tellsOfALossInItsPlace() throws Exception {
    append(1, 2);
    journal.appendHole(3, "handoff_full");
    append(6, 6);
    start(settings(TestingSelection.of("kinds: [logoff]")));
    awaitPassed(6);
    assertThat(sink.events).hasSize(1);
    SessionEvent gap = sink.events.get(0);
    assertThat(gap.id()).isEqualTo(journal.epoch() + "-5-gap");
    assertThat(gap.data().get(Field.FIRST_SEQUENCE)).isEqualTo(3);
    assertThat(gap.data().get(Field.LAST_SEQUENCE)).isEqualTo(5);
    assertThat(gap.data().get(Field.LOST_COUNT)).isEqualTo(3);
    assertThat(gap.data().get(Field.REASON)).isEqualTo("handoff_full");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(6, 0, 3, 0, 3, 0));
  }

  @Test
  void givesNoCountForALossThatNobodyCanCount() throws Exception {
    append(1, 2);
    journal.appendHole(JournalRecord.Hole.UNKNOWN_COUNT, "file_lost");
    journal.appendHole(3, "file_lost");
    append(7, 7);
    start(settings(Selection.ALL));
    awaitPassed(7);
    EventData uncounted = sink.events.get(2).data();
    assertThat(uncounted.get(Field.FIRST_SEQUENCE)).isEqualTo(3);
    assertThat(uncounted.get(Field.LAST_SEQUENCE)).isEqualTo(3);
    assertThat(uncounted.get(Field.LOST_COUNT)).isNull();
    assertThat(uncounted.get(Field.REASON)).isEqualTo("file_lost");
    assertThat(sink.events.get(3).data().get(Field.LOST_COUNT)).isEqualTo(3);
    assertThat(loop.totals().lost()).isEqualTo(3);
    assertThat(loop.totals().pending()).isZero();
  }

  @Test
  void countsSequencesThatNoEventEverHadNowhere() throws Exception {
    append(1, 2);
    CountDownLatch appended = new CountDownLatch(1);
    journal.onDurable(() -> uninterruptibly(appended));
    journal.append(List.of(entry(Kind.LOGON, 3))); // once it is durable, the journal waits
    disk.usableSpace(0);
    Appended refused = journal.append(List.of(new Entry(0, new byte[5 << 20])));
    Appended behind = journal.appendHole(1, "handoff_full");
    appended.countDown();
    journal.awaitDurable(behind);
    assertThat(refused.last()).isEqualTo(4);
    start(settings(Selection.ALL));
    awaitPassed(5);
    SessionEvent gap = sink.events.get(3);
    assertThat(gap.data().get(Field.REASON)).isEqualTo("write_failed");
    assertThat(gap.data().get(Field.FIRST_SEQUENCE)).isEqualTo(4);
    assertThat(gap.data().get(Field.LOST_COUNT)).isZero();
    assertThat(loop.totals()).isEqualTo(new SinkTotals(4, 3, 0, 0, 1, 0));
    assertThat(loop.lostThisRun()).isEqualTo(1);
    loop.close();
    start(settings(Selection.ALL));
    append(6, 6);
    awaitPassed(6);
    assertThat(loop.totals()).isEqualTo(new SinkTotals(5, 4, 0, 0, 1, 0));
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void passesWhatIsNotSelected() throws Exception {
    append(1, 5);
    start(settings(TestingSelection.of("not_users: ['contoso\\u2', u4]")));
    awaitPassed(5);
    assertThat(sink.users()).containsExactly("u1", "u3", "u5");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(5, 3, 2, 0, 0, 0));
  }

  /** The cursor moves in memory; the journal writes it now and then. */
  @Test
  void whatIsLeftOutMovesTheCursorWithoutAWriteForEach() throws Exception {
    start(settings(Selection.USUAL));
    awaitPassed(0);
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 2_000; i++) {
      entries.add(entry(Kind.LOGON, i, "virtual"));
    }
    journal.awaitDurable(journal.append(entries));
    long before = disk.operations();
    awaitPassed(2_000);
    append(2_001, 2_001);
    awaitPassed(2_001);
    assertThat(disk.operations() - before).isLessThan(100);
    assertThat(sink.users()).containsExactly("u2001");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(2_001, 1, 2_000, 0, 0, 0));
    loop.close();
    start(settings(Selection.USUAL));
    assertThat(loop.totals()).isEqualTo(new SinkTotals(2_001, 1, 2_000, 0, 0, 0));
  }

  @Test
  void sendsOnlyTheNewestOfTheHeartbeatsThatWait() throws Exception {
    append(Kind.BRIDGE_HEARTBEAT, 1, 3);
    append(4, 4);
    newestSignOfLife = 3;
    start(settings(Selection.ALL));
    awaitPassed(4);
    assertThat(sink.users()).containsExactly("u3", "u4");
    assertThat(loop.totals()).isEqualTo(new SinkTotals(4, 2, 2, 0, 0, 0));
  }

  @Test
  void goesOnBehindItsCursor() throws Exception {
    append(1, 5);
    start(settings(Selection.ALL));
    awaitPassed(5);
    loop.close();
    append(6, 8);
    start(settings(Selection.ALL));
    awaitPassed(8);
    assertThat(sink.users()).isEqualTo(users(1, 8));
  }

  @Test
  void finishesWhatIsThereWhenItStops() throws Exception {
    start(settings(Selection.ALL));
    append(1, 50);
    loop.stop();
    loop.awaitEnd(Duration.ofSeconds(20));
    assertThat(sink.users()).isEqualTo(users(1, 50));
    assertThat(sink.closed).isTrue();
  }

  private void start(SinkSettings settings) throws Exception {
    start(settings, DeliveryLoopTest::encoded);
  }

  private void start(SinkSettings settings, EventFormat format) throws Exception {
    var cursor = journal.cursors().open("lake", Start.OLDEST);
    StepReader reader =
        new StepReader(
            journal.reader(cursor.state()),
            settings.selection(),
            format,
            HOST,
            () -> newestSignOfLife);
    loop =
        new DeliveryLoop(
            new DeliveryLoop.Parts(
                "lake",
                sink,
                journal,
                reader,
                new DeliveryLedger("lake", cursor, deadLetters),
                settings,
                () -> new HostState(Instant.EPOCH, Health.up(), List.of()),
                Clock.system(),
                new Backoff(new NoWait()),
                TestingShare.unlimited()));
    loop.start();
  }

  private static SinkSettings settings(Selection selection) {
    return new SinkSettings(selection, Start.OLDEST, 100, 1 << 20, Optional.empty());
  }

  private static EncodedEvent encoded(SessionEvent event) {
    return new EncodedEvent(event, event.json(), "application/json", List.of());
  }

  private void append(int from, int to) throws Exception {
    append(Kind.LOGON, from, to);
  }

  private void append(Kind kind, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      journal.awaitDurable(journal.append(List.of(entry(kind, i))));
    }
  }

  private static Entry entry(Kind kind, int number) {
    return entry(kind, number, null);
  }

  private static Entry entry(Kind kind, int number, @Nullable String accountType) {
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

  private static List<String> users(int from, int to) {
    List<String> users = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      users.add("u" + i);
    }
    return users;
  }

  private void awaitPassed(long sequence) throws Exception {
    await(() -> loop.totals().pending() == 0 && journal.durableSequence() >= sequence);
  }

  private static void await(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      never.await(2, MILLISECONDS);
    }
  }

  private List<String> letters() throws Exception {
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

  /** Does what it is told, then works. */
  private static final class ScriptedSink implements Sink {
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();
    private final List<Function<List<EncodedEvent>, DeliveryResult>> script =
        new CopyOnWriteArrayList<>();
    private volatile int connects;
    private volatile int refusals;
    private volatile String breaksOn = "nobody";
    private volatile boolean closed;

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

  /** Full jitter that always comes out as no wait. */
  private static final class NoWait extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public long nextLong(long bound) {
      return 0;
    }
  }
}
