package io.sessionbridge.journal.retention;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.cursors.CursorStore;
import io.sessionbridge.journal.file.EvictionFloor;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes segments: those that every cursor has passed, and, if the journal is full or they are too
 * old, the oldest one even if it is still needed. Deletes nothing before {@link #begin}, because
 * until all cursors exist it is unknown what is still needed. For the journal's thread, except
 * {@link #begin} and methods marked as thread-safe.
 */
public final class Retention implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /**
   * Limits evictions by age, so that a clock that jumps by years does not empty the journal at
   * once.
   */
  private static final Duration MIN_AGE_EVICTION_INTERVAL = Duration.ofMinutes(1);

  private final JournalConfig config;
  private final Storage storage;
  private final Path folder;
  private final Clock clock;
  private final Segments segments;
  private final CursorStore cursors;
  private @Nullable TwoSlotFile floorFile;
  private volatile long floor;
  private boolean floorKnown;
  private volatile boolean begun;
  private final AtomicLong evictedSegments = new AtomicLong();
  private final Leftovers leftovers;
  private @Nullable Long agedAt;

  public Retention(
      JournalConfig config,
      Storage storage,
      Path folder,
      Clock clock,
      Segments segments,
      CursorStore cursors)
      throws IOException {
    this.config = config;
    this.storage = storage;
    this.folder = folder;
    this.clock = clock;
    this.segments = segments;
    this.cursors = cursors;
    this.leftovers = new Leftovers(storage, clock);
    readFloor();
    findLeftovers();
  }

  /**
   * The floor is always the end of a segment, so a segment that begins at or below it was evicted
   * as a whole, by a run that could not delete it or crashed before.
   */
  private void findLeftovers() {
    for (Segment segment : segments.all()) {
      if (segment.first() <= floor && !segment.equals(segments.newest())) {
        segments.remove(segment);
        leftovers.found(segment.file(), segment.bytes());
      }
    }
  }

  /** Files that could not be deleted. */
  public Leftovers leftovers() {
    return leftovers;
  }

  private void readFloor() throws IOException {
    Path file = folder.resolve(EvictionFloor.FILE);
    if (!storage.exists(file)) {
      createFloor();
      return;
    }
    TwoSlotFile.Opened opened;
    try {
      opened = TwoSlotFile.open(storage, file);
    } catch (JournalException | ClosedChannelException e) {
      throw e; // of a later version, or an interrupt
    } catch (IOException e) { // the next write creates it again
      LOG.warn(
          "journal: {} cannot be opened; deleted events may be reported as damage (reason missing):"
              + " {}",
          EvictionFloor.FILE,
          e.getMessage());
      return;
    }
    if (opened.unforced() != null) { // deletions rely on it, so it must be durable
      LOG.warn(
          "journal: {} cannot be forced to the disk; deleted events may be reported as damage"
              + " (reason missing): {}",
          EvictionFloor.FILE,
          opened.unforced().getMessage());
      opened.file().close();
      return;
    }
    byte[] value = opened.value();
    floorFile = opened.file();
    if (opened.blank()) {
      return;
    }
    if (value == null) {
      LOG.warn(
          "journal: {} is damaged; deleted events may be reported as damage (reason missing)",
          EvictionFloor.FILE);
      return;
    }
    floor = EvictionFloor.in(value);
    floorKnown = true;
  }

  /**
   * Whether the record before the oldest one may have been evicted unread. If not, all deleted
   * records had been passed by every cursor of the time.
   *
   * @param oldest the first sequence still in the journal
   */
  public boolean mayHaveEvictedBefore(long oldest) {
    return oldest > 1 && (!floorKnown || floor >= oldest - 1);
  }

  /** Allows deletions, because all needed cursors exist. Thread-safe. */
  public void begin() {
    begun = true;
  }

  /** Allocates the file now, because evictions need it when the disk is full. */
  private void createFloor() {
    try {
      floorFile =
          TwoSlotFile.create(storage, folder, EvictionFloor.FILE, EvictionFloor.encode(floor));
    } catch (IOException e) {
      LOG.debug("journal: no {} yet: {}", EvictionFloor.FILE, e.getMessage()); // writeFloor retries
    }
  }

  /** The highest evicted sequence. Thread-safe. */
  public long evictedUpTo() {
    return floor;
  }

  /** How many segments were evicted since the start. Thread-safe. */
  public long evictedSegments() {
    return evictedSegments.get();
  }

  /** Deletes the segments that every cursor has passed. */
  public void deletePassed() throws IOException {
    if (!begun || config.keepsRead() || !isOldestPassed(cursors.lowest())) {
      return;
    }
    cursors.write();
    Long durable = cursors.force();
    while (isOldestPassed(durable)) {
      Segment oldest = segments.oldest();
      if (oldest == null) {
        return;
      }
      delete(oldest);
    }
  }

  private boolean isOldestPassed(@Nullable Long position) {
    Segment oldest = segments.oldest();
    return oldest != null
        && segments.count() > 1
        && position != null
        && segments.lastOf(oldest) <= position;
  }

  /**
   * Makes room for a new segment. Before {@link #begin} nothing is deleted, and the journal may
   * grow beyond its limit.
   *
   * @param shortage whether to evict segments that a cursor in use still needs
   */
  public void makeRoom(long bytes, Shortage shortage) throws IOException {
    if (!begun) {
      return;
    }
    deletePassed();
    while (segments.bytes() + bytes > config.maxBytes() && segments.count() > 1) {
      Segment oldest = segments.oldest();
      if (oldest == null || shortage != Shortage.EVICT && !isPinnedByUnusedCursors(oldest)) {
        return;
      }
      evict(oldest, "the journal is full");
    }
  }

  /** Whether only unused cursors keep the segment; those must not block appends. */
  private boolean isPinnedByUnusedCursors(Segment segment) {
    Long used = cursors.lowestUsed();
    return used != null && segments.lastOf(segment) <= used;
  }

  /** The room available without evicting what a cursor in use still needs. Thread-safe. */
  public RoomLedger.Free free() {
    Long used = begun ? cursors.lowestUsed() : null;
    long bytes = 0;
    int needed = 0;
    for (Segment segment : segments.all()) {
      if (used == null || segments.lastOf(segment) > used) {
        bytes += segment.bytes();
        needed++;
      }
    }
    return new RoomLedger.Free(config.maxBytes() - bytes, needed > 1);
  }

  /**
   * Whether segments are kept only for cursors in use at the position, because no other cursor in
   * use is before it. Thread-safe.
   */
  public boolean isPinnedOnlyBy(long position) {
    Long used = begun ? cursors.lowestUsed() : null;
    return used != null && used >= position && free().waitingHelps();
  }

  /** Evicts the oldest segment if all of it exceeds the maximum age. */
  public void evictAged() throws IOException {
    Segment oldest = segments.oldest();
    if (!begun || oldest == null || segments.count() < 2) {
      return;
    }
    long now = Rfc3339.toMicros(clock.now());
    long limit = now - config.maxAge().toNanos() / 1000;
    long own = oldest.header().createdMicros();
    boolean young = own >= limit && own <= now;
    boolean soon =
        agedAt != null && clock.nanoTime() - agedAt < MIN_AGE_EVICTION_INTERVAL.toNanos();
    if (young || soon) {
      return;
    }
    agedAt = clock.nanoTime();
    if (endOf(oldest, now) < limit) {
      evict(oldest, "it is older than max_age");
    }
  }

  /**
   * The latest time at which the last record of the oldest segment can have been written: before
   * any later segment was created. So the lowest of their timestamps counts, and a clock that ran
   * ahead for a while does not extend retention. It is at least the segment's own timestamp, so
   * that a clock that lagged for a while evicts nothing early, unless that timestamp is in the
   * future and therefore wrong.
   */
  private long endOf(Segment oldest, long now) {
    long later =
        segments.all().stream()
            .skip(1)
            .mapToLong(segment -> segment.header().createdMicros())
            .filter(micros -> micros != 0) // its header is damaged
            .min()
            .orElse(Long.MAX_VALUE);
    long own = oldest.header().createdMicros();
    return own > now ? later : Math.max(own, later);
  }

  private void evict(Segment oldest, String reason) throws IOException {
    long last = segments.lastOf(oldest);
    Long lowest = cursors.lowest();
    if (lowest != null && lowest < last) {
      LOG.warn(
          "journal: deleting events {} to {} before every cursor passed them: {}; sinks that had"
              + " not received them get a gap",
          Math.max(lowest + 1, oldest.first()),
          last,
          reason);
    }
    raiseFloor(last);
    evictedSegments.incrementAndGet();
    delete(oldest);
  }

  private void raiseFloor(long sequence) throws IOException {
    writeFloor(sequence);
    floor = sequence;
  }

  private void writeFloor(long sequence) throws IOException {
    byte[] value = EvictionFloor.encode(sequence);
    TwoSlotFile file = floorFile;
    if (file == null) {
      floorFile = TwoSlotFile.create(storage, folder, EvictionFloor.FILE, value);
      return;
    }
    file.write(value);
    file.force();
  }

  /**
   * Each deletion is durable before the next: a segment that reappears after a power cut without
   * its successor would look like damage. Windows refuses to delete a file that another program has
   * open. The floor then marks the segment as deleted for the next start.
   */
  private void delete(Segment segment) throws IOException {
    storage.forceFolder(folder);
    try {
      storage.delete(segment.file());
    } catch (IOException e) {
      raiseFloor(Math.max(floor, segments.lastOf(segment)));
      leftovers.add(segment.file(), segment.bytes(), e);
    }
    segments.remove(segment);
  }

  @Override
  public void close() throws IOException {
    if (floorFile != null) {
      floorFile.close();
    }
  }
}
