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
 * A durable, ordered log of byte records with any number of readers, each at its own pace. See the
 * package for what it promises. Safe for use by several threads; {@link #append} order is the order
 * of the calls.
 *
 * <p>One thread does all the writing; see {@link JournalCore} for what it does. Where a defect ends
 * it, nothing can be appended or made durable any more, and whoever waits for that learns it.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final JournalCore core;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * Opens the journal, or makes it where there is none, and finds out what the last run left.
   * Deletes nothing before {@link #beginRetention}.
   *
   * @param folder with the journal's folders {@code journal} and {@code cursors}
   * @param writer the place of the thread that writes
   * @throws JournalException if it is of a later version; then nothing was touched
   * @throws IOException if the disk does not let it
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

  /** Opens a journal for a tool, which does without a supervisor. */
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
      core.breakDown(e);
      throw e;
    }
  }

  /**
   * Says that every cursor that is to hold records stands: each that is configured was opened.
   * Nothing is deleted, evicted or too old before, and the journal grows beyond {@code max_bytes}
   * where it has to; so a start that fails costs no event. Any thread, once or more often.
   */
  public void beginRetention() {
    core.beginRetention();
  }

  /** Names this run in every id: 16 hexadecimal digits, random. */
  public String epoch() {
    return core.epoch();
  }

  /** The last sequence that was given out. */
  public long lastSequence() {
    return core.lastSequence();
  }

  /** The last sequence that readers may see. */
  public long durableSequence() {
    return core.durableSequence();
  }

  /** The first sequence still held; one more than the last if nothing is. */
  public long firstSequence() {
    return core.firstSequence();
  }

  /**
   * Appends the group of a reservation: after a crash all of its records are there or none. Uses up
   * the reservation. Returns before they are durable; see {@link #awaitDurable}. Waits only while
   * much is waiting already.
   *
   * @throws JournalException if the journal is closed
   * @throws IllegalStateException if the reservation is used up or closed
   */
  public Appended append(Reservation reserved) throws JournalException, InterruptedException {
    return core.append(reserved);
  }

  /**
   * Appends a group whose records name the sequences that they will have, like {@link
   * #append(Reservation)}. Its writer foresees them: {@link #lastSequence} plus one.
   *
   * @param first the sequence that the group must begin with
   * @param reserved which {@link Reservation#covers covers} the group
   * @return empty if something else has that sequence now, or it was taken back; then nothing is
   *     appended, and the reservation is not used up
   */
  public Optional<Appended> append(long first, List<Entry> group, Reservation reserved)
      throws JournalException, InterruptedException {
    return core.append(first, group, reserved);
  }

  /** Appends a group that cannot wait for room; see {@link #room}. */
  public Appended append(List<Entry> group) throws JournalException, InterruptedException {
    return core.append(group);
  }

  /**
   * States that records are lost, in their place in the order. Never waits and never fails: what
   * the disk does not take now it takes later, or from reserved room.
   *
   * @param count at least 1, or {@link JournalRecord.Hole#UNKNOWN_COUNT}, which takes one sequence
   */
  public Appended appendHole(long count, String reason) {
    return core.appendHole(count, reason);
  }

  /**
   * Waits until the append survives a power cut.
   *
   * @throws JournalException if it could not be written: none of the group counts as taken
   */
  public void awaitDurable(Appended appended) throws JournalException, InterruptedException {
    core.awaitDecided(appended);
  }

  /**
   * Reserves room for a group of a source that loses nothing by waiting. Waits until there is room
   * for all that is reserved, without giving up what somebody still has to read.
   *
   * @throws JournalException if the journal is closed
   */
  public Reservation awaitRoom(List<Entry> group) throws JournalException, InterruptedException {
    return core.awaitRoom(group);
  }

  /**
   * Reserves room in the same way for a group that is not known yet.
   *
   * @param letGo moves the cursors of the caller, which may be what holds the room; called by this
   *     thread before it waits and every second while it does
   */
  public Reservation awaitRoom(long bytes, Runnable letGo)
      throws JournalException, InterruptedException {
    return core.awaitRoom(bytes, letGo);
  }

  /**
   * Whether segments stay only because of a cursor in use that stands at the position: no other one
   * needs them, and they are not the newest. Any thread.
   */
  public boolean isHeldAloneBy(long position) {
    return core.isHeldAloneBy(position);
  }

  /** Whether {@link #awaitRoom} would return at once. */
  public boolean hasRoom(List<Entry> group) {
    return core.hasRoom(group);
  }

  /** The same of a group that is not known yet. */
  public boolean hasRoom(long bytes) {
    return core.hasRoom(bytes);
  }

  /** The bytes that a group takes of the room. */
  public static long bytesOf(List<Entry> group) {
    return Group.bytesOf(group);
  }

  /** Whether all sources wait for room, as configured, and not only those that lose nothing. */
  public boolean makesAllWait() {
    return core.makesAllWait();
  }

  /** Says in the log, now and then, that sources wait that lose events by it. */
  public void tellThatAllWait() {
    core.tellThatAllWait();
  }

  /**
   * Gets room for a group that must not wait. If there is none, the oldest segments go; where the
   * configuration forbids that, the journal grows beyond its limit.
   */
  public Reservation room(List<Entry> group) {
    return core.room(group);
  }

  /** The size of the files that hold records behind the sequence, or will. Any thread. */
  public long bytesBehind(long sequence) {
    return core.bytesBehind(sequence);
  }

  /** A reader that begins behind the sequence. Close it when done. */
  public JournalReader reader(long afterSequence) {
    return core.reader(afterSequence);
  }

  /** A reader that goes on from a cursor, with what that owes first. Close it when done. */
  public JournalReader reader(CursorState from) {
    return core.reader(from);
  }

  public Cursors cursors() {
    return core.cursors();
  }

  /** Calls the listener whenever more is durable, on the journal's thread; it must not block. */
  public void onDurable(Runnable listener) {
    core.onDurable(listener);
  }

  public JournalStatus status() {
    return core.status();
  }

  /** Writes what waits, makes the cursors durable and gives everything back. */
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
        interrupted = true; // half a journal is not an option; the disk answers sooner or later
      }
    }
    core.finish();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
