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
 * What the thread {@code journal} does: takes what was appended, writes it with one force for all,
 * goes on in a new segment, and states what could not be written. Everything by that one thread,
 * but for the volatile fields.
 */
public final class JournalWriter {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final int FLUSH_AT = 512 << 10;
  private static final long LONGEST_PATIENCE = Duration.ofMillis(1).toNanos();

  private final Durability durability;
  private final WriteQueue queue;
  private final Outcomes outcomes;
  private final SegmentMaker maker;
  private final Upkeep upkeep;
  private final Runnable onDurable;
  private final BusySince busy;

  private @Nullable SegmentWriter current;
  private final List<Item> unflushed = new ArrayList<>();
  private final OwedHoles owed = new OwedHoles();
  private long lastPut;
  private long patience;
  private volatile @Nullable String failure;
  private final ForceTimes forces = new ForceTimes();

  public JournalWriter(
      Durability durability,
      WriteQueue queue,
      Outcomes outcomes,
      SegmentMaker maker,
      Upkeep upkeep,
      Runnable onDurable,
      BusySince busy) {
    this.durability = durability;
    this.queue = queue;
    this.outcomes = outcomes;
    this.maker = maker;
    this.upkeep = upkeep;
    this.onDurable = onDurable;
    this.busy = busy;
    this.lastPut = outcomes.durableSequence();
  }

  /** Why nothing can be written now. Any thread. */
  public Optional<String> failure() {
    Optional<String> slow = busy.slow();
    return slow.isPresent() ? slow : Optional.ofNullable(failure);
  }

  /** How long forces took. Any thread. */
  public ForceTimes forces() {
    return forces;
  }

  /**
   * Does what there is to do now.
   *
   * @return true if there was something
   */
  public boolean step() {
    busy.begin("writing to the disk");
    try {
      return doWhatThereIs();
    } finally {
      busy.end();
    }
  }

  private boolean doWhatThereIs() {
    List<Item> items = queue.take();
    for (Item item : items) {
      if (item instanceof Group group) {
        put(group);
      } else if (item instanceof PendingHole hole) {
        owed.add(hole);
      }
    }
    if (!items.isEmpty()) {
      if (owed.hasLoss()) {
        putOwedAlone();
      }
      flush();
    }
    upkeep.run();
    return !items.isEmpty();
  }

  /**
   * Nanoseconds for which it is worth waiting for others before the next force: so much less than
   * it takes that nobody notices if they do not come.
   */
  public long patience() {
    return patience;
  }

  /** How long until something is to do although nobody appends; null if nothing is. */
  public @Nullable Duration untilDue() {
    return upkeep.untilDue();
  }

  private void put(Group group) {
    SegmentWriter segment;
    try {
      segment = segmentFor(group.bytes(), group.appended().first(), group.shortage());
    } catch (IOException e) {
      failed(List.of(group), e);
      return;
    }
    while (!owed.isEmpty()) {
      put(owed.take(), segment);
    }
    put(group, segment);
    if (segment.unflushed() >= FLUSH_AT) {
      flush();
    }
  }

  private void put(Item item, SegmentWriter segment) {
    item.putInto(segment, outcomes.durableSequence());
    unflushed.add(item);
    lastPut = item.last();
  }

  /**
   * Puts what no group has taken along. Unused sequences alone can wait for the next group; a loss
   * goes into the reserved room if need be, because nobody else knows of it.
   */
  private void putOwedAlone() {
    SegmentWriter segment = current;
    if (segment == null || !segment.hasRoom(SegmentWriter.HOLE_BYTES)) {
      try {
        segment = segmentFor(0, owed.firstOr(0), Shortage.EVICT);
      } catch (IOException e) {
        LOG.debug("journal: no segment for a hole: {}", e.getMessage());
        segment = current;
      }
    }
    while (segment != null && !owed.isEmpty() && segment.hasRoomForHole()) {
      put(owed.take(), segment);
    }
  }

  /** The present segment, or a new one if that is full or old. */
  private SegmentWriter segmentFor(long bytes, long first, Shortage shortage) throws IOException {
    SegmentWriter present = current;
    boolean old = present != null && maker.isOld(present.segment());
    if (present != null && present.hasRoom(bytes + owed.bytes()) && !old) {
      return present;
    }
    flush();
    present = current; // the flush may have failed and given it up
    long needed = bytes + owed.bytes();
    long start = owed.firstOr(first);
    if (present != null && present.segment().first() == start) {
      throw new JournalException(
          "a group of "
              + needed
              + " bytes is larger than its segment of "
              + present.segment().bytes());
    }
    SegmentWriter next;
    try {
      next = maker.make(start, needed, shortage);
    } catch (IOException e) {
      if (present != null && maker.leftBehind()) {
        leave(present); // the next start ends it where the new one would begin
      }
      throw e;
    }
    if (present != null) {
      if (old) {
        maker.end(present); // the others are full
      }
      close(present);
    }
    current = next;
    queue.room(next.room());
    return next;
  }

  /** Writes and forces what was put, and tells everybody; or gives up the segment. */
  private void flush() {
    SegmentWriter segment = current;
    if (segment == null || segment.unflushed() == 0) {
      return;
    }
    long began = System.nanoTime();
    try {
      segment.flush();
    } catch (IOException e) {
      giveUp(segment, e);
      return;
    }
    long took = System.nanoTime() - began;
    patience = durability == Durability.FSYNC ? Math.min(took / 2, LONGEST_PATIENCE) : 0;
    forces.add(took);
    maker.worked();
    failure = null;
    List<Item> written = List.copyOf(unflushed);
    unflushed.clear();
    queue.written(written, segment.room());
    outcomes.durable(lastPut);
    onDurable.run();
  }

  /**
   * After a failed write or force nobody knows what the segment holds behind its last durable
   * record, so it ends there, and the next one begins with what was to follow.
   */
  private void giveUp(SegmentWriter segment, IOException cause) {
    leave(segment);
    if (segment.segment().first() > outcomes.durableSequence()) {
      maker.discard(segment.segment());
    }
    List<Item> refused = List.copyOf(unflushed);
    unflushed.clear();
    failed(refused, cause);
  }

  private void failed(List<Item> refused, IOException cause) {
    if (failure == null) {
      LOG.error("journal: cannot write: {}", cause.getMessage());
    }
    failure = String.valueOf(cause.getMessage());
    owed.addBack(refused);
    queue.refused(refused);
    outcomes.failed(refused, cause);
    // an emitter that tries again and again on a full disk must not use up sequences
    owed.forgetUnused(queue::takeBack);
  }

  /** The end: what is owed goes into the reserved room, cursors to the disk. */
  public void finish() {
    if (!owed.isEmpty()) {
      putOwedAlone();
    }
    flush();
    upkeep.finish();
    SegmentWriter segment = current;
    if (segment == null) {
      return;
    }
    try {
      segment.forceAtEnd();
    } catch (IOException e) {
      LOG.warn(
          "journal: the newest events could not be forced to the disk when the agent stopped, a"
              + " power cut now may lose them: {}",
          e.getMessage());
    }
    leave(segment);
  }

  private void leave(SegmentWriter segment) {
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
