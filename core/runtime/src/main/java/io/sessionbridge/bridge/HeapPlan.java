package io.sessionbridge.bridge;

import io.sessionbridge.delivery.BatchBudget;
import io.sessionbridge.delivery.EventCost;
import io.sessionbridge.spi.SinkMemory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How the heap is divided, in this order: the agent itself, the journal's queue, the sources, what
 * sinks hold beside their batches, and the batches. A third is kept free for all that comes and
 * goes: garbage, dead letters, requests. The parts were measured; {@code core/README.md} has the
 * figures.
 */
public final class HeapPlan {

  private static final long MIB = 1 << 20;

  /** Classes, metrics and buffers of an agent with every type of sink. */
  private static final long AGENT = 12 * MIB;

  /** What waits for the disk at most, and what is being written. */
  private static final long JOURNAL = 10 * MIB;

  /** What a source has read and not yet made durable. */
  private static final long SOURCE = 2 * MIB;

  /** However little is left, batches and sources may each take one part of so many. */
  private static final int FLOOR = 8;

  /**
   * What one sink asks for.
   *
   * @param batch bytes of the largest batch
   */
  record Demand(String id, SinkMemory memory, EventCost cost, long batch) {

    static Demand of(SinkEntry sink) {
      EventCost cost = EventCost.of(sink.memory());
      long batch = cost.ofBatch(sink.settings().batchEvents(), sink.settings().batchBytes());
      return new Demand(sink.id(), sink.memory(), cost, batch);
    }
  }

  /**
   * What one sink gets.
   *
   * @param memory beside its batches
   * @param guaranteed for its batches
   */
  private record Portion(long memory, long guaranteed, EventCost cost) {}

  /**
   * A key that asks for more than the heap has.
   *
   * @param text to be read behind the key
   */
  record Excess(String sinkId, String key, String text) {}

  private final long heap;
  private final List<Demand> demands;
  private final long others;
  private final long batches;
  private final long asked;
  private final Map<String, Portion> portions = new HashMap<>();

  /**
   * @param heap bytes that Java may take
   */
  HeapPlan(List<Demand> demands, int sources, long heap) {
    this.heap = heap;
    this.demands = List.copyOf(demands);
    this.others = AGENT + JOURNAL + Math.min(sources * SOURCE, heap / FLOOR);
    long usable = heap / 3 * 2 - others;
    long least = demands.stream().mapToLong(demand -> demand.memory().least()).sum();
    long most = demands.stream().mapToLong(demand -> demand.memory().most()).sum();
    double ofMore = Math.max(0, usable - least) / 4.0 / Math.max(1, most - least);
    long held = 0;
    for (Demand demand : demands) {
      held += memory(demand, ofMore);
    }
    this.batches = Math.max(heap / FLOOR, usable - held);
    this.asked = demands.stream().mapToLong(Demand::batch).sum();
    long level = asked <= batches ? Long.MAX_VALUE : level(batches / 2);
    for (Demand demand : demands) {
      portions.put(
          demand.id(),
          new Portion(memory(demand, ofMore), Math.min(demand.batch(), level), demand.cost()));
    }
  }

  /** The plan for a configuration in this process. */
  public static HeapPlan of(BridgeConfig config) {
    return of(config.sinks(), config.sources().size());
  }

  static HeapPlan of(List<SinkEntry> sinks, int sources) {
    List<Demand> demands = sinks.stream().map(Demand::of).toList();
    return new HeapPlan(demands, sources, Runtime.getRuntime().maxMemory());
  }

  private static long memory(Demand demand, double ofMore) {
    SinkMemory memory = demand.memory();
    return memory.least() + (long) ((memory.most() - memory.least()) * Math.min(1, ofMore));
  }

  /** Who asks for less than this gets all of it, and the others get this: together the bytes. */
  private long level(long bytes) {
    List<Long> sorted = demands.stream().map(Demand::batch).sorted().toList();
    long left = bytes;
    for (int i = 0; i < sorted.size(); i++) {
      long equal = left / (sorted.size() - i);
      if (sorted.get(i) > equal) {
        return equal;
      }
      left -= sorted.get(i);
    }
    return Long.MAX_VALUE;
  }

  /** A budget of which nothing is taken yet. */
  BatchBudget budget() {
    return new BatchBudget(batches);
  }

  /** What all batches together may take. */
  long batches() {
    return batches;
  }

  /** What the sink's batches always get. */
  long guaranteed(String sinkId) {
    return portion(sinkId).guaranteed();
  }

  /** The sink's share of a budget that this made. */
  BatchBudget.Share share(BatchBudget budget, String sinkId) {
    Portion portion = portion(sinkId);
    return budget.share(portion.guaranteed(), portion.cost());
  }

  /** What the sink may hold beside its batches. */
  long memory(String sinkId) {
    return portion(sinkId).memory();
  }

  private Portion portion(String sinkId) {
    return Objects.requireNonNull(portions.get(sinkId), sinkId);
  }

  /** The plan in one line. */
  public String summary() {
    return "heap of %d MiB, of which batches may take %d MiB; the largest of all sinks together %d MiB"
        .formatted(heap / MIB, batches / MIB, asked / MIB);
  }

  /** What to change where batches cannot be nearly as large as the configuration allows. */
  public Optional<String> warning() {
    if (asked / 2 <= batches) {
      return Optional.empty();
    }
    long most = demands.stream().mapToLong(demand -> demand.memory().most()).sum();
    return Optional.of(
        "batches will be smaller than batch_events and batch_bytes allow:"
            + (" the largest of all sinks together take %d MiB of memory, there are %d MiB."
                    + " Lower them, or use fewer sinks, or %s")
                .formatted(asked / MIB, batches / MIB, moreHeap(asked + most)));
  }

  /** The keys that cannot be kept, because all sinks together would hold more than there is. */
  List<Excess> excesses() {
    long least = demands.stream().mapToLong(demand -> demand.memory().least()).sum();
    long forBatchesAndGarbage = 2 * (heap / FLOOR);
    if (others + least + forBatchesAndGarbage <= heap) {
      return List.of();
    }
    List<Excess> excesses = new ArrayList<>();
    for (Demand demand : demands) {
      if (!demand.memory().key().isEmpty()) {
        String text =
            "takes %d MiB of memory, all sinks together %d MiB of %d MiB: lower it, or %s"
                .formatted(demand.memory().least() / MIB, least / MIB, heap / MIB, moreHeap(least));
        excesses.add(new Excess(demand.id(), demand.memory().key(), text));
      }
    }
    return excesses;
  }

  /** Rounded up; Java's own count leaves out a part of the young generation. */
  private String moreHeap(long sinks) {
    long needed = (others + sinks) / 2 * 3;
    long megabytes = (needed + needed / 16) / MIB / 64 * 64 + 64;
    return "give Java more: -Xmx" + megabytes + "m in SESSIONBRIDGE_JAVA_OPTS";
  }
}
