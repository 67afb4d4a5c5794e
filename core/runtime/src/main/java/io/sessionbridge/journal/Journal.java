package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.file.Epoch;
import io.sessionbridge.journal.write.Group;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.supervision.Role;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable, ordered log of byte records with any number of independent readers. The package
 * documentation lists its guarantees. Thread-safe; records are in the order of the {@link #append}
 * calls.
 *
 * <p>One thread does all writing; see {@link JournalCore}. If a defect ends that thread, appends
 * and waiting callers fail with an exception.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final JournalCore core;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Opens or creates the journal and recovers the state of the last run. Deletes nothing before
   * {@link #beginRetention}.
   *
   * @param folder that contains the folders {@code journal} and {@code cursors}
   * @param writer the role of the writing thread
   * @throws JournalException if it is of a later version; then nothing was changed
   * @throws IOException if the disk fails
   */
  public static Journal open(
      JournalConfig config, Path folder, Storage storage, Clock clock, Role writer)
      throws IOException {
    Journal journal =
        new Journal(new JournalCore(config, folder, storage, clock, Epoch.random()), writer);
    LOG.debug("journal open, epoch {}, last sequence {}", journal.epoch(), journal.lastSequence());
    journal.thread.start();
    return journal;
  }

  /** Opens a journal for a tool without a supervisor. */
  public static Journal open(JournalConfig config, Path folder, Storage storage, Clock clock)
      throws IOException {
    Role role = new Supervisor().role("journal", "journal", Need.ESSENTIAL);
    return open(config, folder, storage, clock, role);
  }

  private Journal(JournalCore core, Role writer) {
    this.core = core;
    this.thread = writer.thread(() -> closing, this::run);
  }

  private void run() throws InterruptedException {
    try {
      while (!core.isDone()) {
        core.gather();
        if (!core.step() && !core.isDone()) {
          core.awaitWork();
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      core.fail(e);
      throw e;
    }
  }

  /**
   * Declares that all configured cursors are open. Before this call nothing is deleted, evicted or
   * expired, and the journal may grow beyond {@code max_bytes}, so that a failed start loses no
   * events. Thread-safe; may be called repeatedly.
   */
  public void beginRetention() {
    core.beginRetention();
  }

  /** The random id of this run, part of every event id: 16 hexadecimal digits. */
  public String epoch() {
    return core.epoch();
  }

  /** The last assigned sequence. */
  public long lastSequence() {
    return core.lastSequence();
  }

  /** The last sequence that readers can see. */
  public long durableSequence() {
    return core.durableSequence();
  }

  /** The first sequence still in the journal; the last plus one if it is empty. */
  public long firstSequence() {
    return core.firstSequence();
  }

  /**
   * Appends the group of a reservation and uses up the reservation. After a crash, all of its
   * records exist or none. Returns before they are durable; see {@link #awaitDurable}. Blocks only
   * while the queue is full.
   *
   * @throws JournalException if the journal is closed
   * @throws IllegalStateException if the reservation is used or closed
   */
  public Appended append(Reservation reserved) throws JournalException, InterruptedException {
    return core.append(reserved);
  }

  /**
   * Like {@link #append(Reservation)}, for a group whose records contain their own sequences. The
   * caller predicts the first one: {@link #lastSequence} plus one.
   *
   * @param first the first sequence that the group must get
   * @param reserved which {@link Reservation#covers covers} the group
   * @return empty if that is no longer the next sequence; then nothing is appended, and the
   *     reservation stays usable
   */
  public Optional<Appended> append(long first, List<Entry> group, Reservation reserved)
      throws JournalException, InterruptedException {
    return core.append(first, group, reserved);
  }

  /** Appends a group without waiting for room; see {@link #room}. */
  public Appended append(List<Entry> group) throws JournalException, InterruptedException {
    return core.append(group);
  }

  /**
   * Records a loss at its place in the order. Never blocks and never fails: if the disk cannot take
   * it now, it is written later or into reserved room.
   *
   * @param count at least 1, or {@link JournalRecord.Hole#UNKNOWN_COUNT}, which uses one sequence
   */
  public Appended appendHole(long count, String reason) {
    return core.appendHole(count, reason);
  }

  /**
   * Waits until the append is durable.
   *
   * @throws JournalException if it could not be written; then no record of the group is in the
   *     journal
   */
  public void awaitDurable(Appended appended) throws JournalException, InterruptedException {
    core.awaitDecided(appended);
  }

  /**
   * Reserves room for a group of a source that can wait. Waits until all reservations have room
   * without evicting unread records.
   *
   * @throws JournalException if the journal is closed
   */
  public Reservation awaitRoom(List<Entry> group) throws JournalException, InterruptedException {
    return core.awaitRoom(group);
  }

  /**
   * Like {@link #awaitRoom(List)}, for a group that is not known yet.
   *
   * @param releasePinned moves the caller's own cursors, which may keep segments; called on this
   *     thread before the wait and every second during it
   */
  public Reservation awaitRoom(long bytes, Runnable releasePinned)
      throws JournalException, InterruptedException {
    return core.awaitRoom(bytes, releasePinned);
  }

  /**
   * Whether segments other than the newest are kept only for a cursor in use at the position.
   * Thread-safe.
   */
  public boolean isPinnedOnlyBy(long position) {
    return core.isPinnedOnlyBy(position);
  }

  /** Whether {@link #awaitRoom} would return at once. */
  public boolean hasRoom(List<Entry> group) {
    return core.hasRoom(group);
  }

  /** Like {@link #hasRoom(List)}, for a group that is not known yet. */
  public boolean hasRoom(long bytes) {
    return core.hasRoom(bytes);
  }

  /** The bytes that a group needs. */
  public static long bytesOf(List<Entry> group) {
    return Group.bytesOf(group);
  }

  /** Whether all sources wait for room ({@code when_full: block}), not only those that can wait. */
  public boolean blocksWhenFull() {
    return core.blocksWhenFull();
  }

  /** Logs, at most every ten minutes, that sources wait for room. */
  public void warnFull() {
    core.warnFull();
  }

  /**
   * Provides room for a group without waiting. If there is none, the oldest segments are evicted,
   * or, with {@code when_full: block}, the journal grows beyond its limit.
   */
  public Reservation room(List<Entry> group) {
    return core.room(group);
  }

  /** The size of the segments with records after the sequence. Thread-safe. */
  public long bytesAfter(long sequence) {
    return core.bytesAfter(sequence);
  }

  /** A reader that starts after the sequence. The caller closes it. */
  public JournalReader reader(long afterSequence) {
    return core.reader(afterSequence);
  }

  /**
   * A reader that continues from a cursor, starting with its pending hole. The caller closes it.
   */
  public JournalReader reader(CursorState from) {
    return core.reader(from);
  }

  public Cursors cursors() {
    return core.cursors();
  }

  /** Calls the listener when more is durable, on the journal's thread; it must not block. */
  public void onDurable(Runnable listener) {
    core.onDurable(listener);
  }

  public JournalStatus status() {
    return core.status();
  }

  /** Writes the queued records, makes the cursors durable and releases all resources. */
  @Override
  public void close() {
    synchronized (this) {
      if (closing) {
        return;
      }
      closing = true;
    }
    core.refuseMore();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // finish regardless, because the disk answers sooner or later
      }
    }
    core.finish();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
