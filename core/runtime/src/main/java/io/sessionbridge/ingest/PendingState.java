package io.sessionbridge.ingest;

import io.sessionbridge.event.Observation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps observations from the board until they are durable, so that the board never shows what a
 * failed write took back. They reach it in the order of the journal. Safe for use by several
 * threads.
 */
final class PendingState {

  private enum Fate {
    OPEN,
    DURABLE,
    FAILED
  }

  /** What one write takes to the journal. */
  static final class Batch {
    private final List<Observation> observations;
    private Fate fate = Fate.OPEN;

    private Batch(List<Observation> observations) {
      this.observations = observations;
    }
  }

  private final LiveBoard board;
  private final Deque<Batch> batches = new ArrayDeque<>();

  PendingState(LiveBoard board) {
    this.board = board;
  }

  /** Takes what was just appended, in the order of the appends. */
  synchronized Batch add(List<Observation> observations) {
    Batch batch = new Batch(observations);
    batches.addLast(batch);
    return batch;
  }

  /** The batch's write has ended. Shows what is durable, up to the first that is still open. */
  synchronized void end(Batch ended, boolean durable) {
    ended.fate = durable ? Fate.DURABLE : Fate.FAILED;
    while (!batches.isEmpty() && batches.peekFirst().fate != Fate.OPEN) {
      Batch first = batches.removeFirst();
      if (first.fate == Fate.DURABLE) {
        first.observations.forEach(board::apply);
      }
    }
  }
}
