package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable, ordered log of byte records with any number of readers, each at its own pace. See the
 * package for what it promises. Safe for use by several threads; {@link #append} order is the order
 * of the calls.
 */
public final class Journal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final JournalConfig config;
  private final Storage storage;
  private final Clock clock;
  private final long epoch;
  private final Segments segments;
  private final Cursors cursors;
  private final Retention retention;
  private final WriteQueue queue;
  private final Outcomes outcomes;
  private final JournalWriter writer;
  private final Clock.Signal work;
  private final FullNotice fullNotice;
  private final Damage damage = new Damage();
  private final Recovery recovery;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final @Nullable Thread thread;
  private final CompletableFuture<Throwable> defect = new CompletableFuture<>();
  private boolean closed;

  /**
   * Opens the journal, or makes it where there is none, and finds out what the last run left.
   * Deletes nothing before {@link #beginRetention}.
   *
   * @param folder with the journal's folders {@code journal} and {@code cursors}
   * @throws JournalException if it is of a later version; then nothing was touched
   * @throws IOException if the disk does not let it
   */
  public static Journal open(JournalConfig config, Path folder, Storage storage, Clock clock)
      throws IOException {
    Journal journal = new Journal(config, folder, storage, clock, Epoch.random(), true);
    LOG.debug("journal open, epoch {}, last sequence {}", journal.epoch(), journal.lastSequence());
    return journal;
  }

  /** Opens a journal without a thread: whoever waits does its work. For the crash tests. */
  static Journal openStepped(
      JournalConfig config, Path folder, Storage storage, Clock clock, long epoch)
      throws IOException {
    return new Journal(config, folder, storage, clock, epoch, false);
  }

  private Journal(
      JournalConfig config, Path folder, Storage storage, Clock clock, long epoch, boolean threaded)
      throws IOException {
    this.config = config;
    this.storage = storage;
    this.clock = clock;
    this.epoch = epoch;
    this.work = clock.signal();
    this.fullNotice = new FullNotice(clock, config.maxBytes());
    Path segmentFolder = folder.resolve("journal");
    storage.createFolders(segmentFolder);
    this.recovery = new Recovery(storage, segmentFolder);
    this.segments = recovery.findSegments();
    recovery.takeAwayUnfinished();
    Ends ends = new Ends();
    this.cursors =
        Cursors.load(
            storage,
            folder.resolve("cursors"),
            new KnownCursors(storage, segmentFolder),
            work::raise,
            ends::oldest,
            () -> ends.newest());
    this.retention = new Retention(config, storage, segmentFolder, clock, segments, cursors);
    long proven = Math.max(cursors.highest(), retention.evictedUpTo());
    long last = Math.max(proven, recovery.lastSequence(segments, proven));
    if (!config.keepsRead()) { // else it has no cursors to lose
      cursors.restoreLost(segments.count() > 0, beginningOfLost(last));
    }
    this.queue = new WriteQueue(work, last, config.segmentBytes());
    this.outcomes = new Outcomes(last);
    ends.durable = outcomes::durableSequence;
    this.writer =
        new JournalWriter(
            config.durability(),
            queue,
            outcomes,
            new SegmentMaker(config, storage, segmentFolder, clock, epoch, segments, retention),
            new Upkeep(clock, queue, segments, cursors, retention),
            () -> listeners.forEach(Runnable::run));
    this.thread = threaded ? new Thread(this::run, "journal") : null;
    if (thread != null) {
      thread.start();
    }
  }

  /** Where a cursor begins again of which nobody knows any more where it stood. */
  private CursorState beginningOfLost(long last) {
    Segment held = segments.oldest();
    long oldest = held == null ? last + 1 : held.first();
    Hole owed =
        retention.mayHaveEvictedBefore(oldest)
            ? new Hole(
                epoch(),
                1,
                oldest - 1,
                Hole.UNKNOWN_COUNT,
                CursorState.CURSOR_DAMAGED,
                Rfc3339.toMicros(clock.now()))
            : null;
    return CursorState.startingAfter(oldest - 1, owed);
  }

  /** Where a new cursor may begin; asked only after the constructor is done. */
  private final class Ends {
    private LongSupplier durable = () -> 0;

    long oldest() {
      return firstSequence();
    }

    long newest() {
      return durable.getAsLong();
    }
  }

  /**
   * Says that every cursor that is to hold records stands: each that is configured was opened.
   * Nothing is deleted, evicted or too old before, and the journal grows beyond {@code max_bytes}
   * where it has to; so a start that fails costs no event. Any thread, once or more often.
   */
  public void beginRetention() {
    cursors.complete();
    retention.begin();
    work.raise();
  }

  /** Names this run in every id: 16 hexadecimal digits, random. */
  public String epoch() {
    return Epoch.text(epoch);
  }

  /** The last sequence that was given out. */
  public long lastSequence() {
    return queue.lastSequence();
  }

  /** The last sequence that readers may see. */
  public long durableSequence() {
    return outcomes.durableSequence();
  }

  /** The first sequence still held; one more than the last if nothing is. */
  public long firstSequence() {
    Segment oldest = segments.oldest();
    return oldest == null ? durableSequence() + 1 : oldest.first();
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
    return queue.append(reserved);
  }

  /** Appends a group that cannot wait for room; see {@link #room}. */
  public Appended append(List<Entry> group) throws JournalException, InterruptedException {
    return append(room(group));
  }

  /**
   * States that records are lost, in their place in the order. Never waits and never fails: what
   * the disk does not take now it takes later, or from reserved room.
   *
   * @param count at least 1, or {@link JournalRecord.Hole#UNKNOWN_COUNT}, which takes one sequence
   */
  public Appended appendHole(long count, String reason) {
    return queue.appendHole(count, reason, Rfc3339.toMicros(clock.now()));
  }

  /**
   * Waits until the append survives a power cut.
   *
   * @throws JournalException if it could not be written: none of the group counts as taken
   */
  public void awaitDurable(Appended appended) throws JournalException, InterruptedException {
    if (thread != null) {
      outcomes.await(appended);
      return;
    }
    while (!outcomes.isDecided(appended)) {
      writer.step();
    }
  }

  /**
   * Reserves room for a group of a source that loses nothing by waiting. Waits until there is room
   * for all that is reserved, without giving up what somebody still has to read.
   *
   * @throws JournalException if the journal is closed
   */
  public Reservation awaitRoom(List<Entry> group) throws JournalException, InterruptedException {
    return queue.reserve(group, retention::free);
  }

  /** Whether {@link #awaitRoom} would return at once. */
  public boolean hasRoom(List<Entry> group) {
    return queue.fits(group, retention::free);
  }

  /** Whether all sources wait for room, as configured, and not only those that lose nothing. */
  public boolean makesAllWait() {
    return config.whenFull() == WhenFull.BLOCK;
  }

  /** Says in the log, now and then, that sources wait that lose events by it. */
  public void tellThatAllWait() {
    fullNotice.tell();
  }

  /**
   * Gets room for a group that must not wait. If there is none, the oldest segments go; where the
   * configuration forbids that, the journal grows beyond its limit.
   */
  public Reservation room(List<Entry> group) {
    return Reservation.none(group, makesAllWait() ? Shortage.EXCEED : Shortage.EVICT);
  }

  /** The size of the files that hold records behind the sequence, or will. Any thread. */
  public long bytesBehind(long sequence) {
    return sequence >= durableSequence() ? 0 : segments.bytesBehind(sequence);
  }

  /** A reader that begins behind the sequence. Close it when done. */
  public JournalReader reader(long afterSequence) {
    return new JournalReader(new ReaderSource(), afterSequence, null);
  }

  /** A reader that goes on from a cursor, with what that owes first. Close it when done. */
  public JournalReader reader(CursorState from) {
    return new JournalReader(new ReaderSource(), from.position(), from.owed());
  }

  private final class ReaderSource implements JournalReader.Source {
    @Override
    public long durable() {
      return outcomes.durableSequence();
    }

    @Override
    public Segments segments() {
      return segments;
    }

    @Override
    public long evictedUpTo() {
      return retention.evictedUpTo();
    }

    @Override
    public Storage storage() {
      return storage;
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public void damaged(JournalRecord.Hole hole) {
      damage.tell(hole);
    }
  }

  public Cursors cursors() {
    return cursors;
  }

  /** Calls the listener whenever more is durable, on the journal's thread; it must not block. */
  public void onDurable(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * Calls the listener when a defect ends the journal's thread, or now if one has; on any thread.
   * Nothing can be appended or made durable after that.
   */
  public void onDefect(Consumer<Throwable> listener) {
    CompletableFuture<Void> unused = defect.thenAccept(listener);
  }

  public JournalStatus status() {
    Segment oldest = segments.oldest();
    return new JournalStatus(
        segments.count(),
        segments.bytes(),
        oldest == null ? 0 : oldest.header().createdMicros(),
        retention.evictedSegments(),
        damage.records(),
        writer.forces().soFar(),
        Optional.ofNullable(writer.failure()),
        cursors.unused(),
        recovery.strangeFiles(),
        recovery.setAside(),
        retention.leftovers().describe(),
        retention.leftovers().bytes());
  }

  private void run() {
    try {
      while (true) {
        queue.gather(writer.patience());
        if (writer.step()) {
          continue;
        }
        if (queue.isDone()) {
          return;
        }
        Duration due = writer.untilDue();
        if (due == null) {
          work.await();
        } else {
          work.await(due);
        }
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      queue.breakDown();
      outcomes.ended(new JournalException("the journal's thread ended: " + e, e));
      LOG.error("journal: stopped by a defect, restart the agent");
      defect.complete(e);
    }
  }

  /** Does what its thread would do now; for tests without one. */
  void step() {
    writer.step();
  }

  /** Writes what waits, makes the cursors durable and gives everything back. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    queue.close();
    boolean interrupted = false;
    while (thread != null && thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // half a journal is not an option; the disk answers sooner or later
      }
    }
    if (thread == null) {
      writer.step();
    }
    writer.finish();
    try {
      cursors.close();
      retention.close();
    } catch (IOException e) {
      LOG.warn("journal: could not be closed cleanly: {}", e.getMessage());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
