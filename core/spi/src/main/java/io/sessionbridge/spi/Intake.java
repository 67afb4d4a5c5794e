package io.sessionbridge.spi;

import io.sessionbridge.event.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes to the journal; one per source. Any thread; calls of one thread keep their order. */
@Stable
public interface Intake {

  /**
   * Makes the observations durable, in order, and returns when they are: from then on they survive
   * a power cut. Only events derived from them come between them. An observation that another
   * source has already reported is counted and not written. Callers on several threads share disk
   * writes, so many small calls from many threads are as efficient as one large call.
   *
   * <p>Do not call this from a callback that must not block; see {@link HandOff}.
   *
   * @param observations at most 1,024 observations and 1 MiB
   * @throws EmitException if they could not be made durable: none of them is recorded, and the
   *     caller may emit the same list again
   * @throws InterruptedException if interrupted while waiting: it is unknown whether they were
   *     recorded
   */
  void emit(List<Observation> observations) throws EmitException, InterruptedException;

  /**
   * Like {@link #emit}, for a source that can wait, such as a file reader. If the journal is full,
   * this waits for space instead of evicting the oldest events.
   */
  void emitWhenRoom(List<Observation> observations) throws EmitException, InterruptedException;

  /**
   * States that events are lost for good. They become a {@code gap} in every sink. Never fails: if
   * the disk is full, the statement uses reserved space.
   *
   * @param count how many, at least 1
   * @param reason a word in snake case, for instance {@code handoff_full}
   */
  void lost(long count, String reason);

  /**
   * States that an unknown number of events may be lost for good. They become a {@code gap} without
   * a {@code lost_count}. Never fails.
   *
   * @param reason a word in snake case, for instance {@code file_lost}
   */
  default void lostUncounted(String reason) {
    lost(1, reason);
  }

  /**
   * Requests a reconciliation, because this source may have missed events. The core compares the
   * existing sessions with the reported ones; inferred events become events of this source. Cheap:
   * several calls result in one reconciliation. A live source also calls this when it starts to
   * receive.
   *
   * @param reason a word in snake case, for instance {@code started} or {@code registered_again}
   */
  void reconcile(String reason);

  /**
   * Reports the condition of the machine. It appears on the state board and is valid until the next
   * report. It is not an event, but may make the host idle or active. Never blocks.
   *
   * @param condition its empty values leave the previous ones unchanged
   */
  void reportCondition(HostCondition condition);

  /** The position of this source's last durable observation that had one. */
  Optional<byte[]> resumePosition();

  /**
   * The last positions of sources of any type that are no longer configured, by id. One of them may
   * be this source under a previous id.
   */
  default Map<String, byte[]> abandonedPositions() {
    return Map.of();
  }
}
