package io.sessionbridge.journal.write;

import io.sessionbridge.journal.JournalConfig.Durability;
import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.retention.Shortage;
import io.sessionbridge.supervision.BusySince;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of the thread {@code journal}: takes the queued appends, writes them with one force,
 * starts new segments, and records holes for failed writes. Only for that thread, except methods
 * marked as thread-safe.
 */
public final class JournalWriter {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final int FLUSH_BYTES = 512 << 10;
  private static final long MAX_GATHER_NANOS = Duration.ofMillis(1).toNanos();

  private final Durability durability;
  private final WriteQueue queue;
  private final Outcomes outcomes;
  private final SegmentAllocator allocator;
  private final Housekeeping housekeeping;
  private final Runnable onDurable;
  private final BusySince busy;

  private @Nullable SegmentWriter current;
  private final List<Item> unflushed = new ArrayList<>();
  private final PendingHoles pendingHoles = new PendingHoles();
  private long lastPut;
  private long gatherNanos;
  private volatile @Nullable String failure;
  private final ForceTimes forces = new ForceTimes();

  public JournalWriter(
      Durability durability,
      WriteQueue queue,
      Outcomes outcomes,
      SegmentAllocator allocator,
      Housekeeping housekeeping,
      Runnable onDurable,
      BusySince busy) {
    this.durability = durability;
    this.queue = queue;
    this.outcomes = outcomes;
    this.allocator = allocator;
    this.housekeeping = housekeeping;
    this.onDurable = onDurable;
    this.busy = busy;
    this.lastPut = outcomes.durableSequence();
  }

  /** Why writing fails now; empty if it works. Thread-safe. */
  public Optional<String> failure() {
    Optional<String> slow = busy.slow();
    return slow.isPresent() ? slow : Optional.ofNullable(failure);
  }

  /** The times of forces. Thread-safe. */
  public ForceTimes forces() {
    return forces;
  }

  /**
   * Writes the queued appends and runs due housekeeping.
   *
   * @return true if there were queued appends
   */
  public boolean step() {
    busy.begin("writing to the disk");
    try {
      return writeQueued();
    } finally {
      busy.end();
    }
  }

  private boolean writeQueued() {
    List<Item> items = queue.take();
    for (Item item : items) {
      if (item instanceof Group group) {
        put(group);
      } else if (item instanceof PendingHole hole) {
        pendingHoles.add(hole);
      }
    }
    if (!items.isEmpty()) {
      if (pendingHoles.hasLoss()) {
        putHolesAlone();
      }
      flush();
    }
    housekeeping.run();
    return !items.isEmpty();
  }

  /**
   * How long to wait for further appends before the next force, in nanoseconds: short compared with
   * the force, so that a wait without result costs little.
   */
  public long gatherNanos() {
    return gatherNanos;
  }

  /** The time until housekeeping is due without an append; null if none is. */
  public @Nullable Duration untilDue() {
    return housekeeping.untilDue();
  }

  private void put(Group group) {
    SegmentWriter segment;
    try {
      segment = segmentFor(group.bytes(), group.appended().first(), group.shortage());
    } catch (IOException e) {
      failed(List.of(group), e);
      return;
    }
    while (!pendingHoles.isEmpty()) {
      put(pendingHoles.take(), segment);
    }
    put(group, segment);
    if (segment.unflushed() >= FLUSH_BYTES) {
      flush();
    }
  }

  private void put(Item item, SegmentWriter segment) {
    item.putInto(segment, outcomes.durableSequence());
    unflushed.add(item);
    lastPut = item.last();
  }

  /**
   * Writes the holes that no group carried. Unused sequences alone can wait for the next group; a
   * loss may go into the reserved room, because it is recorded nowhere else.
   */
  private void putHolesAlone() {
    SegmentWriter segment = current;
    if (segment == null || !segment.hasRoom(SegmentWriter.HOLE_BYTES)) {
      try {
        segment = segmentFor(0, pendingHoles.firstOr(0), Shortage.EVICT);
      } catch (IOException e) {
        LOG.debug("journal: no segment for a hole: {}", e.getMessage());
        segment = current;
      }
    }
    while (segment != null && !pendingHoles.isEmpty() && segment.hasRoomForHole()) {
      put(pendingHoles.take(), segment);
    }
  }

  /** The current segment, or a new one if that is full or old. */
  private SegmentWriter segmentFor(long bytes, long first, Shortage shortage) throws IOException {
    SegmentWriter present = current;
    boolean old = present != null && allocator.isOld(present.segment());
    if (present != null && present.hasRoom(bytes + pendingHoles.bytes()) && !old) {
      return present;
    }
    flush();
    present = current; // the flush may have failed and abandoned it
    long needed = bytes + pendingHoles.bytes();
    long start = pendingHoles.firstOr(first);
    if (present != null && present.segment().first() == start) {
      throw new JournalException(
          "a group of "
              + needed
              + " bytes is larger than its segment of "
              + present.segment().bytes());
    }
    SegmentWriter next;
    try {
      next = allocator.allocate(start, needed, shortage);
    } catch (IOException e) {
      if (present != null && allocator.mayHaveLeftFile()) {
        release(present); // the next start ends it where the new one would begin
      }
      throw e;
    }
    if (present != null) {
      if (old) {
        allocator.end(present); // others are full, so trimming gains nothing
      }
      close(present);
    }
    current = next;
    queue.room(next.room());
    return next;
  }

  /**
   * Writes and forces the buffered items and completes their callers; on failure, abandons the
   * segment.
   */
  private void flush() {
    SegmentWriter segment = current;
    if (segment == null || segment.unflushed() == 0) {
      return;
    }
    long began = System.nanoTime();
    try {
      segment.flush();
    } catch (IOException e) {
      abandon(segment, e);
      return;
    }
    long took = System.nanoTime() - began;
    gatherNanos = durability == Durability.FSYNC ? Math.min(took / 2, MAX_GATHER_NANOS) : 0;
    forces.add(took);
    allocator.succeeded();
    failure = null;
    List<Item> written = List.copyOf(unflushed);
    unflushed.clear();
    queue.written(written, segment.room());
    outcomes.durable(lastPut);
    onDurable.run();
  }

  /**
   * After a failed write or force, the segment's content after its last durable record is
   * undefined. So it ends there, and the next segment begins with the sequence after it.
   */
  private void abandon(SegmentWriter segment, IOException cause) {
    release(segment);
    if (segment.segment().first() > outcomes.durableSequence()) {
      allocator.discard(segment.segment());
    }
    List<Item> failedItems = List.copyOf(unflushed);
    unflushed.clear();
    failed(failedItems, cause);
  }

  private void failed(List<Item> failedItems, IOException cause) {
    if (failure == null) {
      LOG.error(
          "journal: cannot write: {}; no event is stored until this works", cause.getMessage());
    }
    failure = String.valueOf(cause.getMessage());
    pendingHoles.addBack(failedItems);
    queue.failed(failedItems);
    outcomes.failed(failedItems, cause);
    // an emitter that retries repeatedly on a full disk must not use up sequences
    pendingHoles.dropUnused(queue::reclaim);
  }

  /** Writes the pending holes, into the reserved room if needed, and makes the cursors durable. */
  public void finish() {
    if (!pendingHoles.isEmpty()) {
      putHolesAlone();
    }
    flush();
    housekeeping.finish();
    SegmentWriter segment = current;
    if (segment == null) {
      return;
    }
    try {
      segment.forceAtEnd();
    } catch (IOException e) {
      LOG.warn(
          "journal: the newest events could not be forced to the disk when the agent stopped;"
              + " a power cut now may lose them: {}",
          e.getMessage());
    }
    release(segment);
  }

  private void release(SegmentWriter segment) {
    current = null;
    queue.room(0);
    close(segment);
  }

  private static void close(SegmentWriter segment) {
    try {
      segment.close();
    } catch (IOException e) {
      LOG.debug("journal: {} could not be closed cleanly", segment.segment().file(), e);
    }
  }
}
