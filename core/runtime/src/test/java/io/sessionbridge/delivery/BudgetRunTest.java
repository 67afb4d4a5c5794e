package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.DeliveryResult.Rejection;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.EventFormat;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sinks with random results share a budget that is too small for them. */
class BudgetRunTest {

  private static final EventCost COST = new EventCost(100, 2);
  private static final int LARGEST = 20_000;

  /** Upper bound for the data of an event without its user name. */
  private static final int REST = 200;

  private static final long LARGEST_COST = COST.ofPayload(LARGEST + REST);
  private static final long BUDGET = 60_000;
  private static final long GUARANTEED = 10_000;
  private static final int SINKS = 3;

  private final TestingClock clock = new TestingClock();
  private final ModelStorage disk = new ModelStorage();
  private final ModelStorage letterDisk = new ModelStorage();
  private final BatchBudget budget = new BatchBudget(BUDGET);
  private final List<Run> runs = new ArrayList<>();
  private Journal journal;
  private DeadLetters deadLetters;
  private int appended;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, clock);
    deadLetters =
        new DeadLetters(JournalConfig.deadLetters(), Path.of("letters"), letterDisk, clock);
  }

  @AfterEach
  void close() {
    deadLetters.close();
    journal.close();
  }

  /** One action of a loop. */
  private interface Work {
    void run() throws Exception;
  }

  private static EncodedEvent encoded(SessionEvent event) {
    return new EncodedEvent(event, event.json(), "application/json", List.of());
  }

  private StepReader reader(long after, Selection selection, EventFormat format) {
    return new StepReader(
        journal.reader(after), selection, format, new TestingHost("host-1", "HOST1"), () -> 0);
  }

  /** One sink with the internals of its loop, driven by the test's thread. */
  private final class Run implements Sink {

    private final BatchBudget.Share share = budget.share(GUARANTEED, COST);
    private final Set<String> arrived = new LinkedHashSet<>();
    private final Cursor cursor;
    private final InFlight inFlight;
    private final BatchDeliverer deliverer;
    private final Random random;
    private boolean away;
    private boolean good;

    /** The last step in flight when an event was read without a reservation. */
    private long lastUncovered = -1;

    private Run(String id, Selection selection, Random random) throws IOException {
      this.random = random;
      this.cursor = journal.cursors().open(id, Start.OLDEST);
      StepReader reader =
          reader(
              0,
              selection,
              event -> {
                assertTaken();
                return encoded(event);
              });
      this.inFlight = new InFlight(reader, share);
      this.deliverer =
          new BatchDeliverer(
              id,
              this,
              inFlight,
              new DeliveryLedger(id, cursor, deadLetters, true),
              new SinkSettings(selection, Start.OLDEST, 1_000, 1 << 20, Optional.empty()),
              clock,
              new BusySince(clock),
              after -> reader(after, selection, BudgetRunTest::encoded));
    }

    @Override
    public void connect() {}

    @Override
    public DeliveryResult deliver(List<EncodedEvent> batch) {
      if (away) {
        return DeliveryResult.unavailable(0, List.of(), "away");
      }
      int settled = good ? batch.size() : random.nextInt(batch.size() + 1);
      int what = good ? 0 : random.nextInt(5);
      if (what == 4) {
        throw new IllegalStateException("a defect of the sink");
      }
      batch.subList(0, settled).forEach(one -> arrived.add(one.event().id()));
      List<Rejection> rejected =
          what == 3 && settled > 0 ? List.of(new Rejection(settled - 1, "no")) : List.of();
      return settled == batch.size()
          ? DeliveryResult.settled(settled, rejected)
          : DeliveryResult.failed(settled, rejected, "half of it");
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {}

    private void lookAhead() throws Exception {
      attempt(() -> deliverer.lookAhead(() -> false));
    }

    private void round() throws Exception {
      attempt(deliverer::round);
    }

    private void attempt(Work work) throws Exception {
      try {
        work.run();
      } catch (IOException e) {
        assertThat(e.toString()).containsAnyOf("no more", "cannot be read");
      }
    }

    /** Whether the sink has received everything. */
    private boolean isDone() {
      return cursor.state().position() == journal.durableSequence();
    }

    private void assertExact() {
      assertThat(share.held()).isEqualTo(inHand());
    }

    private long inHand() {
      return inFlight.upTo(Integer.MAX_VALUE).stream().mapToLong(COST::of).sum();
    }

    /** Checks that the event being read was reserved, or is the one that is always allowed. */
    private void assertTaken() {
      if (share.held() > inHand()) {
        return;
      }
      long last = inFlight.upTo(Integer.MAX_VALUE).stream().mapToLong(Step::upTo).max().orElse(-1);
      assertThat(last)
          .as("two events in one read without a reservation")
          .isGreaterThan(lastUncovered);
      lastUncovered = last;
    }
  }

  private static byte[] record(Kind kind, String user) {
    EventData data =
        EventData.builder(kind).put(Field.HOST_ID, "host-1").put(Field.USER_NAME, user).build();
    return EventRecord.encode("in", Observation.live(Instant.EPOCH, data));
  }

  private void append(String user) throws Exception {
    journal.awaitDurable(journal.append(List.of(new Entry(0, record(Kind.LOCK, user)))));
    appended++;
  }

  private void append(Random random, int events) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      int size = random.nextInt(5) == 0 ? random.nextInt(LARGEST) : random.nextInt(300);
      Kind kind = random.nextBoolean() ? Kind.LOGON : Kind.LOCK;
      byte[] record = record(kind, "u".repeat(1 + size));
      entries.add(new Entry(0, random.nextInt(50) == 0 ? new byte[size + 1] : record));
    }
    journal.awaitDurable(journal.append(entries));
    appended += events;
  }

  /** Makes one read of the journal fail. */
  private void breakOnce(Random random) {
    List<Path> segments =
        disk.list(Path.of("data", "journal")).stream()
            .filter(file -> file.toString().endsWith(".segment"))
            .toList();
    long at = random.nextInt(500_000);
    if (!segments.isEmpty()) {
      disk.unreadable(segments.get(segments.size() - 1), at, at + 10_000, 1);
    }
  }

  private void assertHeld() {
    // Beyond the budget, each sink may hold one event and its neighbour.
    assertThat(budget.held()).isLessThanOrEqualTo(BUDGET + SINKS * 2 * LARGEST_COST);
    runs.forEach(Run::assertExact);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void everySinkGetsEverythingAndNothingIsKept(long seed) throws Exception {
    Random random = new Random(seed);
    Selection some = TestingSelection.of("kinds: [logon]");
    for (int i = 0; i < SINKS; i++) {
      runs.add(new Run("s" + i, i == 1 ? some : Selection.ALL, random));
    }
    for (int i = 0; i < 300; i++) {
      Run run = runs.get(random.nextInt(SINKS));
      switch (random.nextInt(7)) {
        case 0 -> append(random, 1 + random.nextInt(20));
        case 1 -> run.away = random.nextBoolean();
        case 2 -> run.lookAhead();
        case 4 -> breakOnce(random);
        case 3 -> letterDisk.failAt(letterDisk.operations() + 1, random.nextInt(2), "no more");
        default -> run.round();
      }
      clock.advance(Duration.ofSeconds(2));
      assertHeld();
    }
    letterDisk.failAt(1, 0, "");
    for (Run run : runs) {
      run.away = false;
      run.good = true;
      for (int i = 0; i < 2_000 && !run.isDone(); i++) {
        run.round();
        clock.advance(Duration.ofSeconds(2));
        assertHeld();
      }
      assertThat(run.isDone()).isTrue();
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void aDisconnectedSinkStopsNoOther() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < SINKS; i++) {
      runs.add(new Run("s" + i, Selection.ALL, random));
    }
    append(random, 400);
    Run last = runs.get(SINKS - 1);
    last.good = true;
    for (Run run : runs.subList(0, SINKS - 1)) {
      run.away = true;
      run.round();
      assertThat(run.share.held()).isPositive();
    }
    while (!last.isDone()) {
      last.round();
      assertHeld();
    }
    assertThat(last.cursor.state().position()).isEqualTo(appended);
  }

  @Test
  void anEventLargerThanTheBudgetArrives() throws Exception {
    Random random = new Random(1);
    runs.add(new Run("s0", Selection.ALL, random));
    runs.add(new Run("s1", Selection.ALL, random));
    for (int size : new int[] {10, 100_000, 10, 200_000, 150_000, 10}) {
      append("u".repeat(size));
    }
    for (Run run : runs) {
      run.good = true;
    }
    for (int i = 0; i < 2 * appended && !runs.stream().allMatch(Run::isDone); i++) {
      for (Run run : runs) {
        run.round();
        run.assertExact();
      }
    }
    for (Run run : runs) {
      assertThat(run.arrived).hasSize(appended);
    }
    assertThat(budget.held()).isZero();
  }

  @Test
  void theEndOfALoopReleasesItsMemory() throws Exception {
    Run run = new Run("s", Selection.ALL, new Random(1));
    run.away = true;
    append(new Random(1), 100);
    run.round();
    assertThat(budget.held()).isPositive();
    run.deliverer.close();
    assertThat(budget.held()).isZero();
    assertThat(budget.share(0, COST).take(BUDGET)).as("half of the budget").isEqualTo(BUDGET / 2);
  }
}
