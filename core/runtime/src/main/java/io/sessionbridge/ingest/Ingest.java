package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Reservation;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events of observations: enrich, then write under one lock, then wait for the disk outside
 * the lock, so that many sources share one force. What is durable changes the board.
 *
 * <p>The lock is what orders everything: the journal, the board and, later, correlation and what is
 * derived see the same order. It is never held while waiting for the disk or for room.
 */
public final class Ingest {

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private final Journal journal;
  private final Clock clock;
  private final LiveBoard board;
  private final PendingState state;
  private final Checkpoint checkpoint;
  private final Enricher enricher;
  private final ReentrantLock order = new ReentrantLock();

  public Ingest(
      Journal journal,
      Host host,
      Clock clock,
      LiveBoard board,
      Checkpoint checkpoint,
      Optional<SessionDirectory> directory) {
    this.journal = journal;
    this.clock = clock;
    this.board = board;
    this.state = new PendingState(board);
    this.checkpoint = checkpoint;
    this.enricher = new Enricher(host, directory);
  }

  /** A write that waits for the disk. */
  private record Written(Appended appended, PendingState.Batch batch) {}

  /** What those who emit do when the journal is full. */
  enum WhenFull {
    /** Wait, because what they read does not run away. */
    UNTIL_THERE_IS_ROOM,
    /** Push the oldest events out, or wait if the configuration asks all to wait. */
    AS_CONFIGURED,
    /** Never wait: the agent must be able to say that it stops. */
    NONE
  }

  /**
   * The way in for one source.
   *
   * @param reconciler asked when the source may have missed something; empty where no directory
   *     knows the sessions
   */
  public Intake intake(String sourceId, String sourceType, Optional<SessionReconciler> reconciler) {
    return new SourceIntake(this, sourceId, sourceType, reconciler);
  }

  /**
   * Makes observations durable.
   *
   * @param whenFull what to do when the journal is full
   * @return the last sequence
   */
  long emit(String sourceId, String sourceType, List<Observation> seen, WhenFull whenFull)
      throws EmitException, InterruptedException {
    if (seen.isEmpty()) {
      return journal.lastSequence();
    }
    List<Observation> enriched = new ArrayList<>(seen.size());
    List<Entry> entries = new ArrayList<>(seen.size());
    long taken = Rfc3339.toMicros(clock.now());
    for (Observation observation : seen) {
      Observation complete = enricher.enrich(sourceId, sourceType, observation);
      Entry entry = new Entry(taken, EventRecord.encode(sourceId, complete));
      enriched.add(complete);
      entries.add(entry);
    }
    try (Reservation room = room(entries, whenFull)) {
      Written write = write(enriched, room);
      Appended written = write.appended();
      boolean durable = false;
      try {
        journal.awaitDurable(written);
        durable = true;
        remember(sourceId, seen, written);
      } finally {
        checkpoint.end(written);
        state.end(write.batch(), durable);
      }
      advanceCheckpoint();
      return written.last();
    } catch (IOException e) {
      throw new EmitException("the journal cannot write: " + e.getMessage(), e);
    }
  }

  private Reservation room(List<Entry> entries, WhenFull whenFull)
      throws IOException, InterruptedException {
    boolean all = whenFull == WhenFull.AS_CONFIGURED;
    if (whenFull == WhenFull.NONE || all && !journal.makesAllWait()) {
      return journal.room(entries);
    }
    if (!journal.hasRoom(entries)) {
      checkpoint.advance(true); // or the ingest would wait for what only its own note holds
      if (all) {
        journal.tellThatAllWait();
      }
    }
    return journal.awaitRoom(entries);
  }

  /** The events are durable: a note that cannot be written now only makes the next start longer. */
  private void advanceCheckpoint() {
    try {
      checkpoint.advance(false);
    } catch (IOException e) {
      LOG.warn("the checkpoint cannot be written: {}", e.getMessage());
    }
  }

  /** The one place where correlation and derived events will come in, cause first. */
  private Written write(List<Observation> enriched, Reservation room)
      throws IOException, InterruptedException {
    order.lockInterruptibly();
    try {
      Appended written = checkpoint.begin(() -> journal.append(room));
      return new Written(written, state.add(enriched));
    } finally {
      order.unlock();
    }
  }

  private void remember(String sourceId, List<Observation> seen, Appended written) {
    for (int i = seen.size() - 1; i >= 0; i--) {
      byte[] position = seen.get(i).position();
      if (position != null) {
        checkpoint.passed(sourceId, written.first() + i, position);
        return;
      }
    }
  }

  /** Makes an event of the agent's own durable, and returns its sequence. */
  public long emitOwn(EventData data) throws EmitException, InterruptedException {
    return emit("bridge", "bridge", List.of(Observation.live(clock.now(), data)), WhenFull.NONE);
  }

  /** States how the machine is now. */
  void noted(HostCondition condition) {
    board.note(condition);
  }

  /** States that events are lost for good. */
  void lost(long count, String reason) {
    journal.appendHole(count, reason);
  }

  /** States that events may be lost for good and nobody can know how many. */
  void lostUncounted(String reason) {
    journal.appendHole(JournalRecord.Hole.UNKNOWN_COUNT, reason);
  }

  Map<String, byte[]> abandonedPositions() {
    return checkpoint.abandoned();
  }

  Optional<byte[]> resumePosition(String sourceId) {
    return checkpoint.position(sourceId);
  }
}
