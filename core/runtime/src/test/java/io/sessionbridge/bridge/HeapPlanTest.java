package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.bridge.HeapPlan.Demand;
import io.sessionbridge.bridge.HeapPlan.Excess;
import io.sessionbridge.delivery.EventCost;
import io.sessionbridge.delivery.SinkSettings;
import io.sessionbridge.spi.SinkMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapPlanTest {

  private static final long MIB = 1 << 20;

  /** The heap size that Java reports with the shipped flags. */
  private static final long SHIPPED = 91 * MIB;

  private static Demand demand(String id, SinkMemory memory, int events, long bytes) {
    EventCost cost = EventCost.of(memory);
    return new Demand(id, memory, cost, cost.ofBatch(events, bytes));
  }

  private static List<Demand> usual(int sinks) {
    SinkSettings settings = SinkSettings.defaults();
    return IntStream.range(0, sinks)
        .mapToObj(
            i -> demand("s" + i, SinkMemory.USUAL, settings.batchEvents(), settings.batchBytes()))
        .toList();
  }

  @Test
  void oneSinkWithDefaultsGetsItsFullDemand() {
    List<Demand> demands = usual(1);
    HeapPlan plan = new HeapPlan(demands, 1, SHIPPED);
    assertThat(guaranteed(plan, demands.get(0))).isEqualTo(demands.get(0).batch());
    assertThat(plan.warning()).isEmpty();
  }

  @Test
  void aFewSinksWithDefaultsCauseNoWarning() {
    assertThat(new HeapPlan(usual(4), 2, SHIPPED).warning()).isEmpty();
  }

  @Test
  void manySinksShareTheHeapAndTheWarningNamesTheFix() {
    assertThat(new HeapPlan(usual(15), 1, SHIPPED).warning())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains("batch_events", "batch_bytes", "of memory, 32 MiB are available")
                    .matches(".* give Java more: -Xmx\\d+m in SESSIONBRIDGE_JAVA_OPTS"));
  }

  @Test
  void theHeapNamedInTheWarningIsEnough() {
    List<Demand> demands = new ArrayList<>(usual(15));
    demands.add(demand("max", new SinkMemory(3 * MIB, 9 * MIB, 256, 0, ""), 50_000, 16 * MIB));
    String text = new HeapPlan(demands, 3, SHIPPED).warning().orElseThrow();
    long xmx = Long.parseLong(text.replaceAll(".*-Xmx(\\d+)m.*", "$1"));
    HeapPlan enough = new HeapPlan(demands, 3, xmx * MIB / 100 * 94);
    for (Demand demand : demands) {
      assertThat(guaranteed(enough, demand)).isEqualTo(demand.batch());
    }
    assertThat(enough.warning()).isEmpty();
  }

  private static long guaranteed(HeapPlan plan, Demand demand) {
    return plan.guaranteed(demand.id());
  }

  @Test
  void aSmallDemandIsMetNextToLargeOnes() {
    List<Demand> demands = new ArrayList<>(usual(6));
    Demand small = demand("small", SinkMemory.USUAL, 500, 256 << 10);
    demands.add(small);
    HeapPlan plan = new HeapPlan(demands, 1, SHIPPED);
    assertThat(guaranteed(plan, small)).isEqualTo(small.batch());
    assertThat(guaranteed(plan, demands.get(0)))
        .isLessThan(demands.get(0).batch())
        .isGreaterThan(small.batch());
  }

  /** Together they never get more than the heap, and each gets something. */
  @ParameterizedTest
  @CsvSource({"1, 16", "1, 91", "3, 91", "15, 91", "15, 512", "60, 91", "300, 91", "5, 32"})
  void guaranteesAreNoMoreThanTheBudget(int sinks, long megabytes) {
    List<Demand> demands = usual(sinks);
    HeapPlan plan = new HeapPlan(demands, 2, megabytes * MIB);
    long sum = demands.stream().mapToLong(demand -> guaranteed(plan, demand)).sum();
    assertThat(sum).isBetween(sinks * 1_000L, plan.batches());
    assertThat(plan.batches()).isLessThan(megabytes * MIB);
  }

  @Test
  void elasticMemoryShrinksBeforeTheBatches() {
    SinkMemory elastic = new SinkMemory(3 * MIB, 9 * MIB, 256, 0, "");
    assertThat(new HeapPlan(List.of(demand("a", elastic, 5_000, 2 * MIB)), 1, SHIPPED).memory("a"))
        .isEqualTo(9 * MIB);
    List<Demand> many =
        IntStream.range(0, 8).mapToObj(i -> demand("a" + i, elastic, 5_000, 2 * MIB)).toList();
    assertThat(new HeapPlan(many, 1, SHIPPED).memory("a0")).isBetween(3 * MIB, 5 * MIB);
  }

  @Test
  void aKeyThatExceedsTheHeapIsAProblem() {
    SinkMemory large = new SinkMemory(20 * MIB, 20 * MIB, 512, 1, "replay_bytes");
    List<Demand> demands = new ArrayList<>(usual(2));
    for (int i = 0; i < 3; i++) {
      demands.add(demand("tcp" + i, large, 500, 2 * MIB));
    }
    assertThat(new HeapPlan(demands.subList(0, 4), 1, SHIPPED).excesses()).isEmpty();
    assertThat(new HeapPlan(demands, 1, SHIPPED).excesses())
        .hasSize(3)
        .contains(
            new Excess(
                "tcp2",
                "replay_bytes",
                "takes 20 MiB of memory, all sinks together 60 MiB of 91 MiB: lower it, or give"
                    + " Java more: -Xmx192m in SESSIONBRIDGE_JAVA_OPTS"));
    assertThat(new HeapPlan(demands, 1, 180 * MIB).excesses()).isEmpty();
    assertThat(new HeapPlan(usual(500), 1, SHIPPED).excesses()).isEmpty();
  }

  /** For any sinks and sources, either all parts fit into the heap or a key is rejected. */
  @ParameterizedTest
  @ValueSource(longs = {48, 91, 180, 512})
  void anAcceptedPlanFits(long megabytes) {
    Random random = new Random(megabytes);
    int accepted = 0;
    for (int run = 0; run < 1_000; run++) {
      List<Demand> demands = new ArrayList<>(usual(random.nextInt(4)));
      for (int i = random.nextInt(4); i >= 0; i--) {
        long window = random.nextLong(20 * MIB);
        SinkMemory memory = new SinkMemory(window, window, 512, 1, "replay_bytes");
        demands.add(demand("tcp" + i, memory, 50_000, 16 * MIB));
      }
      int sources = random.nextInt(6);
      HeapPlan plan = new HeapPlan(demands, sources, megabytes * MIB);
      long held = demands.stream().mapToLong(demand -> plan.memory(demand.id())).sum();
      if (plan.excesses().isEmpty()) {
        accepted++;
        long ownAndJournal = 22 * MIB;
        assertThat(ownAndJournal + held + plan.batches()).isLessThan(megabytes * MIB / 8 * 7 + 8);
      }
    }
    assertThat(accepted).isPositive();
  }
}
