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
 * Divides the heap among, in this order: the agent itself, the journal's queue, the sources, the
 * sinks' memory outside of batches, and the batches. A third stays free for transient objects:
 * garbage, dead letters, requests. The sizes were measured; {@code core/README.md} has the figures.
 */
public final class HeapPlan {

  private static final long MIB = 1 << 20;

  /** Classes, metrics and buffers of an agent with every type of sink. */
  private static final long AGENT = 12 * MIB;

  /** The most that is queued for the disk and being written. */
  private static final long JOURNAL = 10 * MIB;

  /** What a source has read but not yet made durable. */
  private static final long SOURCE = 2 * MIB;

  /** Batches and sources each get at least this fraction (1/n) of the heap. */
  private static final int FLOOR = 8;

  /**
   * The memory that one sink requests.
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
   * The memory that one sink gets.
   *
   * @param memory outside of its batches
   * @param guaranteed for its batches
   */
  private record Portion(long memory, long guaranteed, EventCost cost) {}

  /**
   * A key whose value needs more memory than the heap has.
   *
   * @param text completes a sentence that begins with the key
   */
  record Excess(String sinkId, String key, String text) {}

  private final long heap;
  private final List<Demand> demands;
  private final long others;
  private final long batches;
  private final long asked;
  private final Map<String, Portion> portions = new HashMap<>();

  /**
   * @param heap maximum heap size in bytes
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

  /**
   * The largest share at which all shares add up to the bytes; smaller requests are met in full.
   */
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

  /** A new, unused budget. */
  BatchBudget budget() {
    return new BatchBudget(batches);
  }

  /** Bytes that all batches together may use. */
  long batches() {
    return batches;
  }

  /** Bytes guaranteed to the sink's batches. */
  long guaranteed(String sinkId) {
    return portion(sinkId).guaranteed();
  }

  /** The sink's share of a budget created by {@link #budget}. */
  BatchBudget.Share share(BatchBudget budget, String sinkId) {
    Portion portion = portion(sinkId);
    return budget.share(portion.guaranteed(), portion.cost());
  }

  /** Bytes that the sink may use outside of its batches. */
  long memory(String sinkId) {
    return portion(sinkId).memory();
  }

  private Portion portion(String sinkId) {
    return Objects.requireNonNull(portions.get(sinkId), sinkId);
  }

  /** A one-line summary of the plan. */
  public String summary() {
    return "heap of %d MiB, of which batches may use %d MiB; the largest batches of all sinks need %d MiB"
        .formatted(heap / MIB, batches / MIB, asked / MIB);
  }

  /** A warning with the fix, if batches must stay far below the configured sizes. */
  public Optional<String> warning() {
    if (asked / 2 <= batches) {
      return Optional.empty();
    }
    long most = demands.stream().mapToLong(demand -> demand.memory().most()).sum();
    return Optional.of(
        "batches will be smaller than batch_events and batch_bytes allow:"
            + (" the largest batches of all sinks need %d MiB of memory, %d MiB are available."
                    + " Lower these keys, use fewer sinks, or %s")
                .formatted(asked / MIB, batches / MIB, moreHeap(asked + most)));
  }

  /** The keys whose values do not fit, because all sinks together would exceed the heap. */
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

  /** Rounded up, because {@code maxMemory} excludes part of the young generation. */
  private String moreHeap(long sinks) {
    long needed = (others + sinks) / 2 * 3;
    long megabytes = (needed + needed / 16) / MIB / 64 * 64 + 64;
    return "give Java more: -Xmx" + megabytes + "m in SESSIONBRIDGE_JAVA_OPTS";
  }
}
