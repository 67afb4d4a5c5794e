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
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.metrics.MetricRegistry;
import io.sessionbridge.spi.DeliveryResult;
import io.sessionbridge.spi.EncodedEvent;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loops on their own threads share a budget; none of them can block the others. */
@Timeout(120)
class BudgetLoopTest {

  private static final int EVENTS = 500;
  private static final EventCost COST = new EventCost(100, 2);
  private static final long BUDGET = 20_000;
  private static final long GUARANTEED = 5_000;

  private final BatchBudget budget = new BatchBudget(BUDGET);
  private final MetricRegistry metrics = new MetricRegistry();
  private final List<DeliveryLoop> loops = new ArrayList<>();
  private Journal journal;
  private DeadLetters deadLetters;

  @BeforeEach
  void open() throws Exception {
    ModelStorage disk = new ModelStorage();
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, Clock.system());
    deadLetters =
        new DeadLetters(JournalConfig.deadLetters(), Path.of("letters"), disk, Clock.system());
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      EventData data =
          EventData.builder(Kind.LOGON)
              .put(Field.HOST_ID, "host-1")
              .put(Field.USER_NAME, "u".repeat(1 + i % 400))
              .build();
      entries.add(new Entry(0, EventRecord.encode("in", Observation.live(Instant.EPOCH, data))));
    }
    journal.awaitDurable(journal.append(entries));
  }

  @AfterEach
  void close() {
    loops.forEach(DeliveryLoop::close);
    deadLetters.close();
    journal.close();
  }

  /** How a sink handles a batch. */
  private interface Delivery {
    DeliveryResult deliver(List<EncodedEvent> batch) throws InterruptedException;
  }

  private static final class ScriptedSink implements Sink {
    private final Delivery delivery;
    private final Set<String> arrived = new LinkedHashSet<>();

    private ScriptedSink(Delivery delivery) {
      this.delivery = delivery;
    }

    @Override
    public void connect() {}

    @Override
    public synchronized DeliveryResult deliver(List<EncodedEvent> batch)
        throws InterruptedException {
      DeliveryResult result = delivery.deliver(batch);
      batch.subList(0, result.settled()).forEach(one -> arrived.add(one.event().id()));
      return result;
    }

    private synchronized int arrived() {
      return arrived.size();
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {}
  }

  private DeliveryLoop loop(String id, BatchBudget.Share share, Sink sink) throws Exception {
    DeliveryLoops factory =
        new DeliveryLoops(
            journal,
            deadLetters,
            new TestingHost("host-1", "HOST1"),
            Clock.system(),
            () -> new HostState(Instant.EPOCH, Health.up(), List.of()),
            metrics,
            () -> 0);
    DeliveryLoop loop =
        factory.loop(
            id,
            () -> sink,
            event -> new EncodedEvent(event, event.json(), "application/json", List.of()),
            new SinkSettings(Selection.ALL, Start.OLDEST, 1_000, 1 << 20, Optional.empty()),
            share);
    loops.add(loop);
    return loop;
  }

  private BatchBudget.Share share() {
    return budget.share(GUARANTEED, COST);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 30_000 && !condition.getAsBoolean(); i++) {
      boolean unused = never.await(2, MILLISECONDS);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void aHangingSinkStopsNoOther() throws Exception {
    CountDownLatch hangs = new CountDownLatch(2);
    List<BatchBudget.Share> held = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      held.add(share());
      Sink hanging =
          new ScriptedSink(
              batch -> {
                hangs.countDown();
                new CountDownLatch(1).await();
                return DeliveryResult.delivered(batch.size());
              });
      loop("hangs" + i, held.get(i), hanging).start();
    }
    assertThat(hangs.await(60, SECONDS)).isTrue();
    BatchBudget.Share mine = share();
    ScriptedSink good = new ScriptedSink(batch -> DeliveryResult.delivered(batch.size()));
    loop("good", mine, good).start();
    await(() -> good.arrived() == EVENTS);
    await(() -> mine.held() == 0);
    assertThat(held).allSatisfy(share -> assertThat(share.held()).isPositive());
    assertThat(budget.held()).isLessThanOrEqualTo(BUDGET);

    loops.get(0).stop();
    loops.get(0).awaitEnd(Duration.ofMillis(1));
    assertThat(held.get(0).held()).as("interrupted at the end").isZero();
  }

  @Test
  void aLoopThatADefectEndsReleasesItsPart() throws Exception {
    BatchBudget.Share broken = share();
    CountDownLatch delivers = new CountDownLatch(1);
    loop(
            "broken",
            broken,
            new ScriptedSink(
                batch -> {
                  delivers.countDown();
                  throw new AssertionError("a defect");
                }))
        .start();
    assertThat(delivers.await(60, SECONDS)).isTrue();
    await(() -> broken.held() == 0);
    assertAllIsFree();
  }

  /** Checks that nothing is held or guaranteed. */
  private void assertAllIsFree() {
    try (BatchBudget.Share one = budget.share(0, COST)) {
      assertThat(one.take(BUDGET)).isEqualTo(BUDGET / 2);
    }
  }

  @Test
  void aLoopThatNeverStartedReleasesItsGuarantee() throws Exception {
    loop("never", share(), new ScriptedSink(batch -> DeliveryResult.delivered(batch.size())))
        .close();
    assertAllIsFree();
  }

  /** More sinks than fit into the budget at once, all with a backlog, on their own threads. */
  @Test
  void manyLoopsShareTheBudgetAndEachDeliversEverything() throws Exception {
    List<ScriptedSink> sinks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ScriptedSink sink =
          new ScriptedSink(
              batch -> {
                assertThat(budget.held()).isLessThanOrEqualTo(BUDGET + 4 * COST.ofPayload(1_000));
                return DeliveryResult.delivered(batch.size());
              });
      sinks.add(sink);
      loop("s" + i, share(), sink);
    }
    loops.forEach(DeliveryLoop::start);
    for (ScriptedSink sink : sinks) {
      await(() -> sink.arrived() == EVENTS);
    }
    await(() -> budget.held() == 0);
    assertThat(loops).allSatisfy(loop -> assertThat(loop.check()).isEqualTo(Health.up()));
  }
}
