package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.JournalConfig.Durability;
import io.sessionbridge.journal.WriteQueue.Group;
import io.sessionbridge.journal.WriteQueue.HoleItem;
import io.sessionbridge.journal.WriteQueue.Item;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread {@code journal} does: takes what was appended, writes it with one force for all,
 * begins new segments, states what could not be written, and looks after cursors and old segments.
 * Everything by that one thread, but for the volatile fields.
 */
final class JournalWriter {

  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration CURSORS_FORCED_EVERY = Duration.ofSeconds(1);
  private static final int FLUSH_AT = 512 << 10;
  private static final long LONGEST_PATIENCE = Duration.ofMillis(1).toNanos();

  /** So many losses are told apart while nothing can be written; later ones share a reason. */
  private static final int MOST_OWED = 500;

  private final JournalConfig config;
  private final Storage storage;
  private final Path folder;
  private final Clock clock;
  private final long epoch;
  private final WriteQueue queue;
  private final Segments segments;
  private final Cursors cursors;
  private final Retention retention;
  private final Runnable onDurable;

  private @Nullable SegmentWriter current;
  private int failedAttempts;
  private final List<Group> unflushed = new ArrayList<>();
  private final List<PendingHole> unflushedHoles = new ArrayList<>();
  private final List<PendingHole> owed = new ArrayList<>();
  private long lastPut;
  private long patience;
  private boolean cursorsDirty;
  private long cursorsForcedAt;
  private volatile long room;
  private volatile @Nullable String failure;
  private final ForceTimes forces = new ForceTimes();

  JournalWriter(
      JournalConfig config,
      Storage storage,
      Path folder,
      Clock clock,
      long epoch,
      WriteQueue queue,
      Segments segments,
      Cursors cursors,
      Retention retention,
      Runnable onDurable) {
    this.config = config;
    this.storage = storage;
    this.folder = folder;
    this.clock = clock;
    this.epoch = epoch;
    this.queue = queue;
    this.segments = segments;
    this.cursors = cursors;
    this.retention = retention;
    this.onDurable = onDurable;
    this.lastPut = queue.durableSequence();
    this.cursorsForcedAt = clock.nanoTime() - CURSORS_FORCED_EVERY.toNanos();
  }

  /** Bytes that the present segment still takes. Any thread. */
  long room() {
    return room;
  }

  /** Why nothing can be written now; null if it can. Any thread. */
  @Nullable String failure() {
    return failure;
  }

  /** How long forces took. Any thread. */
  ForceTimes forces() {
    return forces;
  }

  /**
   * Does what there is to do now.
   *
   * @return true if there was something
   */
  boolean step() {
    List<Item> items = queue.take();
    for (Item item : items) {
      if (item instanceof Group group) {
        put(group);
      } else if (item instanceof HoleItem hole) {
        owe(hole.hole());
      }
    }
    if (!items.isEmpty()) {
      stateLosses(false);
      flush();
    }
    lookAfter();
    return !items.isEmpty();
  }

  /**
   * Nanoseconds for which it is worth waiting for others before the next force: so much less than
   * it takes that nobody notices if they do not come.
   */
  long patience() {
    return patience;
  }

  /** How long until something is to do although nobody appends; null if nothing is. */
  @Nullable Duration untilDue() {
    if (!cursorsDirty) {
      return null;
    }
    long left = CURSORS_FORCED_EVERY.toNanos() - (clock.nanoTime() - cursorsForcedAt);
    return Duration.ofNanos(Math.max(0, left));
  }

  private void put(Group group) {
    SegmentWriter segment;
    try {
      segment = segmentFor(group.bytes(), group.appended().first(), group.mayEvict());
    } catch (IOException e) {
      failed(List.of(group), List.of(), e);
      return;
    }
    putOwed(segment);
    List<Entry> entries = group.entries();
    long durable = queue.durableSequence();
    for (int i = 0; i < entries.size(); i++) {
      boolean more = i < entries.size() - 1;
      segment.put(entries.get(i), group.appended().first() + i, more, durable);
    }
    unflushed.add(group);
    lastPut = group.appended().last();
    if (segment.unflushed() >= FLUSH_AT) {
      flush();
    }
  }

  private void putOwed(SegmentWriter segment) {
    for (PendingHole hole : owed) {
      segment.putHole(hole, queue.durableSequence());
      lastPut = hole.last();
    }
    unflushedHoles.addAll(owed);
    owed.clear();
  }

  /** The present segment, or a new one if that is full or old. */
  private SegmentWriter segmentFor(long bytes, long first, boolean mayEvict) throws IOException {
    SegmentWriter present = current;
    if (present != null && present.hasRoom(withOwed(bytes)) && !isOld(present)) {
      return present;
    }
    flush();
    present = current; // the flush may have failed and given it up
    long needed = withOwed(bytes);
    long start = owed.isEmpty() ? first : owed.get(0).first();
    if (present != null && present.segment().first() == start) {
      throw new JournalException(
          "a group of "
              + needed
              + " bytes is larger than its segment of "
              + present.segment().bytes());
    }
    int size = sizeFor(needed);
    retention.makeRoom(size, mayEvict);
    requireSpace(size);
    SegmentWriter next;
    Path file = folder.resolve(SegmentName.of(start, epoch, failedAttempts));
    try {
      next =
          SegmentWriter.create(
              storage,
              folder,
              file,
              SegmentHeader.of(epoch, start, Rfc3339.toMicros(clock.now())),
              size,
              config.durability() == Durability.FSYNC);
    } catch (IOException e) {
      failedAttempts++;
      if (present != null && mayExist(file)) {
        // The next start takes it for the successor, so nothing may follow in the present one.
        current = null;
        room = 0;
        close(present);
      }
      throw e;
    }
    if (present != null) {
      close(present);
    }
    current = next;
    segments.add(next.segment());
    return next;
  }

  private boolean mayExist(Path file) {
    try {
      return storage.exists(file);
    } catch (IOException e) {
      return true;
    }
  }

  private long withOwed(long bytes) {
    return bytes + (long) owed.size() * RecordHeader.sizeWith(80);
  }

  /** Asking first leaves no half-made segment behind at each try while the disk is full. */
  private void requireSpace(long bytes) throws IOException {
    long free = storage.usableSpace(folder);
    if (free < bytes) {
      throw new JournalException(
          "the disk is full: "
              + folder
              + " needs "
              + bytes
              + " bytes for a segment, "
              + free
              + " are free");
    }
  }

  private int sizeFor(long bytes) {
    long needed = SegmentHeader.SIZE + bytes + SegmentWriter.RESERVED;
    return Math.toIntExact(Math.max(config.segmentBytes(), needed + 7 & ~7L));
  }

  private boolean isOld(SegmentWriter segment) {
    long age = Rfc3339.toMicros(clock.now()) - segment.segment().header().createdMicros();
    return age > config.segmentMaxAge().toNanos() / 1000;
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
    patience = config.durability() == Durability.FSYNC ? Math.min(took / 2, LONGEST_PATIENCE) : 0;
    forces.add(took);
    failedAttempts = 0;
    failure = null;
    int groups = unflushed.size();
    unflushed.clear();
    unflushedHoles.clear();
    room = segment.room();
    queue.durable(lastPut, groups);
    onDurable.run();
  }

  /**
   * After a failed write or force nobody knows what the segment holds behind its last durable
   * record, so it ends there, and what was to follow is stated as lost in the next one.
   */
  private void giveUp(SegmentWriter segment, IOException cause) {
    current = null;
    room = 0;
    close(segment);
    if (segment.segment().first() > queue.durableSequence()) {
      failedAttempts++;
      segments.remove(segment.segment());
      deleteQuietly(segment);
    }
    List<Group> groups = List.copyOf(unflushed);
    List<PendingHole> holes = List.copyOf(unflushedHoles);
    unflushed.clear();
    unflushedHoles.clear();
    failed(groups, holes, cause);
  }

  private void deleteQuietly(SegmentWriter segment) {
    try {
      storage.delete(segment.segment().file());
    } catch (IOException e) {
      LOG.debug("journal: {} stays behind: {}", segment.segment().file(), e.getMessage());
    }
  }

  private void failed(List<Group> groups, List<PendingHole> holes, IOException cause) {
    if (failure == null) {
      LOG.error("journal: cannot write: {}", cause.getMessage());
    }
    failure = String.valueOf(cause.getMessage());
    List<PendingHole> all = new ArrayList<>(owed);
    all.addAll(holes);
    groups.forEach(group -> all.add(group.asHole()));
    all.sort(Comparator.comparingLong(PendingHole::first));
    owed.clear();
    all.forEach(this::owe);
    queue.failed(groups, cause);
    takeBackUnused();
  }

  /** So that an emitter that tries again and again on a full disk uses up no sequences. */
  private void takeBackUnused() {
    int newest = owed.size() - 1;
    if (newest >= 0 && owed.get(newest).isUnused() && queue.takeBack(owed.get(newest))) {
      owed.remove(newest);
    }
  }

  private void owe(PendingHole hole) {
    PendingHole before = owed.isEmpty() ? null : owed.get(owed.size() - 1);
    if (before != null && (before.continuesWith(hole) || owed.size() >= MOST_OWED)) {
      owed.set(owed.size() - 1, before.with(hole));
    } else {
      owed.add(hole);
    }
  }

  /**
   * Writes holes that no group takes along. Unused sequences alone can wait for the next group; a
   * loss goes into the reserved room if need be, because nobody else knows of it.
   */
  private void stateLosses(boolean atTheEnd) {
    boolean unused = owed.stream().allMatch(PendingHole::isUnused);
    if (owed.isEmpty() || unused && !atTheEnd) {
      return;
    }
    SegmentWriter segment = current;
    if (segment == null || !segment.hasRoom(RecordHeader.sizeWith(80))) {
      try {
        segment = segmentFor(0, owed.get(0).first(), true);
      } catch (IOException e) {
        LOG.debug("journal: no segment for a hole: {}", e.getMessage());
        segment = current;
      }
    }
    while (segment != null && !owed.isEmpty() && segment.hasRoomForHole()) {
      PendingHole hole = owed.remove(0);
      segment.putHole(hole, queue.durableSequence());
      unflushedHoles.add(hole);
      lastPut = hole.last();
    }
  }

  private void lookAfter() {
    try {
      cursorsDirty = cursors.write();
      boolean moved = cursorsDirty;
      if (cursorsDirty && clock.nanoTime() - cursorsForcedAt >= CURSORS_FORCED_EVERY.toNanos()) {
        cursors.force();
        cursorsForcedAt = clock.nanoTime();
        cursorsDirty = false;
      }
      int before = segments.count();
      retention.deletePassed();
      retention.evictAged();
      if (moved || segments.count() < before) {
        queue.roomChanged();
      }
    } catch (IOException e) {
      LOG.warn("journal: cursors or old segments: {}", e.getMessage());
    }
  }

  /** The end: what is owed goes into the reserved room, cursors to the disk. */
  void finish() {
    stateLosses(true);
    flush();
    try {
      cursors.write();
      cursors.force();
      retention.deletePassed();
      if (current != null) {
        current.forceAtEnd();
      }
    } catch (IOException e) {
      LOG.warn("journal: the end: {}", e.getMessage());
    }
    if (current != null) {
      close(current);
      current = null;
    }
  }

  private static void close(SegmentWriter segment) {
    try {
      segment.close();
    } catch (IOException e) {
      LOG.debug("journal: {} did not close well", segment.segment().file(), e);
    }
  }
}
