package io.sessionbridge.delivery;

import io.sessionbridge.metrics.Collector;
import io.sessionbridge.metrics.Label;
import io.sessionbridge.metrics.Samples;

/**
 * The heap that the in-flight events of all sinks may use together. A loop reserves memory before
 * it reads and returns it once the events are settled.
 *
 * <p>Each sink always gets its guaranteed part, no matter how much the others hold or for how long.
 * Memory beyond the guaranteed parts goes to any sink that needs it, but never more than half of
 * what is free, so that some is left for the next sink. No call blocks.
 *
 * <p>One exception: a sink that holds nothing may always hold one event of any size. Otherwise an
 * event larger than the sink's part would never be delivered. Thread-safe.
 */
public final class BatchBudget implements Collector {

  private final long bytes;
  private long held;

  /** The sum over all shares of the larger of held and guaranteed bytes. */
  private long committed;

  public BatchBudget(long bytes) {
    this.bytes = bytes;
  }

  /** A budget without a limit. */
  public static BatchBudget unlimited() {
    return new BatchBudget(Long.MAX_VALUE / 4);
  }

  /**
   * Creates a sink's share, valid until it is closed.
   *
   * @param guaranteed bytes; the guarantees of all shares must not exceed the budget
   * @param cost of an event of this sink
   */
  public synchronized Share share(long guaranteed, EventCost cost) {
    committed += guaranteed;
    return new Share(guaranteed, cost);
  }

  @Override
  public void collect(Samples out) {
    out.gauge(
        "sessionbridge_batch_budget_bytes",
        "Heap that the in-flight events of all sinks may use together.",
        Label.NONE,
        bytes);
  }

  /** Bytes that all shares hold now. */
  synchronized long held() {
    return held;
  }

  /** One sink's share. Only its loop changes it; any thread may read it. */
  public final class Share implements AutoCloseable {

    private final EventCost cost;
    private long guaranteed;
    private long mine;

    private Share(long guaranteed, EventCost cost) {
      this.guaranteed = guaranteed;
      this.cost = cost;
    }

    EventCost cost() {
      return cost;
    }

    /**
     * Reserves as many bytes as are available, up to the wanted number.
     *
     * @return the reserved bytes
     */
    long take(long wanted) {
      synchronized (BatchBudget.this) {
        long own = Math.max(0, guaranteed - mine);
        long free = Math.max(0, bytes - committed);
        long taken = Math.min(wanted, own + free / 2);
        move(taken);
        return taken;
      }
    }

    /**
     * Replaces reserved bytes by the bytes actually used, which may be more for a single event.
     *
     * @param taken reserved bytes, returned to the budget
     */
    void correct(long taken, long used) {
      synchronized (BatchBudget.this) {
        move(used - taken);
      }
    }

    void release(long some) {
      synchronized (BatchBudget.this) {
        move(-some);
      }
    }

    /** Bytes that this sink holds. */
    long held() {
      synchronized (BatchBudget.this) {
        return mine;
      }
    }

    private void move(long by) {
      committed -= Math.max(mine, guaranteed);
      mine += by;
      held += by;
      committed += Math.max(mine, guaranteed);
    }

    /** Returns all bytes and the guarantee. */
    @Override
    public void close() {
      synchronized (BatchBudget.this) {
        move(-mine);
        committed -= guaranteed;
        guaranteed = 0;
      }
    }
  }
}
