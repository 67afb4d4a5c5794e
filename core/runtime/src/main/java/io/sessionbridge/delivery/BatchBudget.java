package io.sessionbridge.delivery;

import io.sessionbridge.metrics.Collector;
import io.sessionbridge.metrics.Label;
import io.sessionbridge.metrics.Samples;

/**
 * The heap that events on their way to all sinks may take together. A loop takes before it reads,
 * and gives back what was settled.
 *
 * <p>Each sink has a guaranteed part, which it always gets, whatever the others hold and for
 * however long. What is free beyond the guaranteed parts goes to whoever needs it, but never more
 * than half of it to one, so that the next finds something too. Nobody waits.
 *
 * <p>One exception: a sink that holds nothing can always hold one event, however large. Otherwise
 * an event that is larger than a part would never arrive. Safe for use by several threads.
 */
public final class BatchBudget implements Collector {

  private final long bytes;
  private long held;

  /** What is held or guaranteed: the sum over all shares of the larger of the two. */
  private long committed;

  public BatchBudget(long bytes) {
    this.bytes = bytes;
  }

  /** One in which everything fits. */
  public static BatchBudget unlimited() {
    return new BatchBudget(Long.MAX_VALUE / 4);
  }

  /**
   * Gives a sink its share, until that is closed.
   *
   * @param guaranteed bytes; together with all others no more than the whole
   * @param cost what an event of this sink takes
   */
  public synchronized Share share(long guaranteed, EventCost cost) {
    committed += guaranteed;
    return new Share(guaranteed, cost);
  }

  @Override
  public void collect(Samples out) {
    out.gauge(
        "sessionbridge_batch_budget_bytes",
        "Heap that the events in hand of all sinks may take together.",
        Label.NONE,
        bytes);
  }

  /** What all shares hold at the moment. Any thread. */
  synchronized long held() {
    return held;
  }

  /** One sink's share. Its loop takes and gives; any thread may look. */
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
     * Takes as much as there is, up to what is wanted.
     *
     * @return how much
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
     * Corrects what was taken to what is used, which is more if a single event needs it.
     *
     * @param taken is given back
     */
    void correct(long taken, long used) {
      synchronized (BatchBudget.this) {
        move(used - taken);
      }
    }

    void giveBack(long some) {
      synchronized (BatchBudget.this) {
        move(-some);
      }
    }

    /** What this sink holds. */
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

    /** Gives back everything, the guarantee too. */
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
