package io.sessionbridge.spi;

import io.sessionbridge.event.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way into the journal, one per source. Any thread; calls of one thread keep their order. */
@Stable
public interface Intake {

  /**
   * Makes the observations durable, in order, and returns when they are: after that they survive a
   * power cut. Between them come only events that follow from them; what another source has told
   * already is counted and not written. Callers on several threads share one write to the disk, so
   * many small calls from many threads are as good as one large one.
   *
   * <p>Must not be called from a callback that may not block; see {@link HandOff}.
   *
   * @param seen at most 1,024 observations and 1 MiB
   * @throws EmitException if they could not be made durable: none of them is recorded, and the same
   *     list may be offered again
   * @throws InterruptedException if interrupted while waiting: it is unknown whether they were
   *     recorded
   */
  void emit(List<Observation> seen) throws EmitException, InterruptedException;

  /**
   * Like {@link #emit}, for a source that can wait (a file). When the journal is full, this waits
   * for room instead of evicting the oldest events.
   */
  void emitWhenRoom(List<Observation> seen) throws EmitException, InterruptedException;

  /**
   * States that events are lost for good. They become a {@code gap} in every sink. Never fails: if
   * the disk is full, the statement waits in reserved room.
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
   * Reports that this source may have missed something. The core compares the existing sessions
   * with the reported ones; what must have happened becomes events of this source. Cheap: several
   * calls become one comparison. A live source also calls this when it starts to receive.
   *
   * @param reason a word in snake case, for instance {@code started} or {@code registered_again}
   */
  void missed(String reason);

  /**
   * Reports the condition of the machine. It goes to the state board and is valid until the next
   * report. It is no event, but may be what makes the host idle or active. Never blocks.
   *
   * @param condition its empty values stay as they were
   */
  void noted(HostCondition condition);

  /** The position of this source's last durable observation that had one. */
  Optional<byte[]> resumePosition();

  /**
   * The last positions of sources that are no longer configured, of any type, by id. One of them
   * may be this source under its previous id.
   */
  default Map<String, byte[]> abandonedPositions() {
    return Map.of();
  }
}
