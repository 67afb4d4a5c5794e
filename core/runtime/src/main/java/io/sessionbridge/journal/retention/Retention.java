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
 * Lets segments go: those that every cursor has passed, and, where there is no room or they are too
 * old, the oldest one whoever still needs it. Deletes nothing before {@link #begin}: until all
 * cursors stand, nobody knows what is still needed. By the journal's thread, but for {@link #begin}
 * and {@link #evictedUpTo}.
 */
public final class Retention implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  /** A clock that jumped by years must not empty the journal at once. */
  private static final Duration BETWEEN_AGED = Duration.ofMinutes(1);

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
   * The floor is always the end of a segment, so one that begins at or below it was given up as a
   * whole, by a run that could not delete it or died before it did.
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
      makeFloor();
      return;
    }
    TwoSlotFile.Opened opened;
    try {
      opened = TwoSlotFile.open(storage, file);
    } catch (JournalException | ClosedChannelException e) {
      throw e; // of a later version, or an interrupt
    } catch (IOException e) { // the next write makes it anew
      LOG.warn(
          "journal: {} cannot be opened, what was evicted will be called missing: {}",
          EvictionFloor.FILE,
          e.getMessage());
      return;
    }
    if (opened.unforced() != null) { // segments are deleted by it, so it must not be lost
      LOG.warn(
          "journal: {} cannot be forced to the disk, what was evicted will be called missing: {}",
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
          "journal: {} is damaged; evicted records will be reported as missing",
          EvictionFloor.FILE);
      return;
    }
    floor = EvictionFloor.in(value);
    floorKnown = true;
  }

  /**
   * Whether the record before the oldest held may have been given up unread. If not, whatever is
   * gone was deleted because every cursor of its time had passed it.
   *
   * @param oldest the first sequence that is still held
   */
  public boolean mayHaveEvictedBefore(long oldest) {
    return oldest > 1 && (!floorKnown || floor >= oldest - 1);
  }

  /** Allows deleting: every cursor that is to hold records stands. Any thread. */
  public void begin() {
    begun = true;
  }

  /** Takes the room now: once the disk is full, that is too late to give something up. */
  private void makeFloor() {
    try {
      floorFile =
          TwoSlotFile.create(storage, folder, EvictionFloor.FILE, EvictionFloor.encode(floor));
    } catch (IOException e) {
      LOG.debug(
          "journal: no {} yet: {}", EvictionFloor.FILE, e.getMessage()); // writeFloor tries again
    }
  }

  /** The highest sequence that was given up. Any thread. */
  public long evictedUpTo() {
    return floor;
  }

  /** How many segments were given up since the start. Any thread. */
  public long evictedSegments() {
    return evictedSegments.get();
  }

  /** Deletes what every cursor has passed. */
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
   * Makes room for a new segment. Before {@link #begin} there is none to make, and the journal
   * grows beyond its limit.
   *
   * @param shortage whether segments may go for it that a cursor in use still needs
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

  /** Whether only cursors that nobody uses hold the segment: they must not stop anybody. */
  private boolean isPinnedByUnusedCursors(Segment segment) {
    Long used = cursors.lowestUsed();
    return used != null && segments.lastOf(segment) <= used;
  }

  /** What can be had without giving up what a cursor in use still needs. Any thread. */
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
   * Whether a segment that could go stays for cursors in use at the position, because no other one
   * in use is before them. Any thread.
   */
  public boolean isHeldAloneBy(long position) {
    Long used = begun ? cursors.lowestUsed() : null;
    return used != null && used >= position && free().waitingHelps();
  }

  /** Gives up the oldest segment if all of it is older than it may be. */
  public void evictAged() throws IOException {
    Segment oldest = segments.oldest();
    if (!begun || oldest == null || segments.count() < 2) {
      return;
    }
    long now = Rfc3339.toMicros(clock.now());
    long limit = now - config.maxAge().toNanos() / 1000;
    long own = oldest.header().createdMicros();
    boolean young = own >= limit && own <= now;
    boolean soon = agedAt != null && clock.nanoTime() - agedAt < BETWEEN_AGED.toNanos();
    if (young || soon) {
      return;
    }
    agedAt = clock.nanoTime();
    if (endOf(oldest, now) < limit) {
      evict(oldest, "it is older than max_age");
    }
  }

  /**
   * When the last record of the oldest segment was written, at the latest: before each later
   * segment was begun. So the lowest of their stamps counts, and a clock that was ahead for a while
   * keeps nothing. It is not before the segment was begun itself, unless that is in the future and
   * so wrong: a clock that was behind for a while takes nothing away.
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

  private void evict(Segment oldest, String why) throws IOException {
    long last = segments.lastOf(oldest);
    Long lowest = cursors.lowest();
    if (lowest != null && lowest < last) {
      LOG.warn(
          "journal: events {} to {} are evicted: {}",
          Math.max(lowest + 1, oldest.first()),
          last,
          why);
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
   * Each deletion is durable before the next: a segment that comes back after a power cut while the
   * one behind it stays away would look like damage. Windows refuses while another program has the
   * file open. Then the floor tells the next start that it is no part of the journal any more.
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
