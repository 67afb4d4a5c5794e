package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.journal.cursors.CursorStore;
import io.sessionbridge.journal.file.Epoch;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.retention.Retention;
import io.sessionbridge.journal.retention.Shortage;
import io.sessionbridge.journal.write.Group;
import io.sessionbridge.journal.write.Housekeeping;
import io.sessionbridge.journal.write.JournalWriter;
import io.sessionbridge.journal.write.Outcomes;
import io.sessionbridge.journal.write.SegmentAllocator;
import io.sessionbridge.journal.write.WriteQueue;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.supervision.BusySince;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal without its thread: appended records are queued until {@link #step} is called. {@link
 * Journal} calls it on its thread; a test calls it on a fixed schedule, which makes the result
 * deterministic. {@link Journal} documents the shared methods.
 *
 * <p>{@link #gather}, {@link #step}, {@link #awaitWork} and {@link #close} are called by one
 * thread; all other methods are thread-safe.
 */
final class JournalCore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalCore.class);

  private final JournalConfig config;
  private final Clock clock;
  private final String epoch;
  private final Clock.Signal work;
  private final Outcomes outcomes = new Outcomes(0);
  private final JournalFiles files;
  private final DamageReporter damage = new DamageReporter();
  private final LiveSource source;
  private final WriteQueue queue;
  private final JournalWriter writer;
  private final FullWarning fullWarning;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Opens the journal; see {@link Journal#open}. */
  JournalCore(JournalConfig config, Path folder, Storage storage, Clock clock, long epoch)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.epoch = Epoch.text(epoch);
    this.work = clock.signal();
    this.fullWarning = new FullWarning(clock, config.maxBytes());
    this.files = new JournalFiles(config, folder, storage, clock, epoch, work::raise, outcomes);
    outcomes.durable(files.last());
    Segments segments = files.segments();
    Retention retention = files.retention();
    this.source = new LiveSource(outcomes, segments, retention, storage, clock, damage);
    this.queue = new WriteQueue(work, files.last(), config.segmentBytes());
    Path folderOfSegments = files.segmentFolder();
    this.writer =
        new JournalWriter(
            config.durability(),
            queue,
            outcomes,
            new SegmentAllocator(
                config, storage, folderOfSegments, clock, epoch, segments, retention),
            new Housekeeping(clock, queue, segments, files.cursors(), retention),
            () -> listeners.forEach(Runnable::run),
            new BusySince(clock));
  }

  void beginRetention() {
    files.cursors().complete();
    files.retention().begin();
    work.raise();
  }

  String epoch() {
    return epoch;
  }

  long lastSequence() {
    return queue.lastSequence();
  }

  long durableSequence() {
    return outcomes.durableSequence();
  }

  long firstSequence() {
    return files.segments().firstHeldOr(durableSequence() + 1);
  }

  Appended append(Reservation reserved) throws JournalException, InterruptedException {
    return queue.append(reserved);
  }

  Optional<Appended> append(long first, List<Entry> group, Reservation reserved)
      throws JournalException, InterruptedException {
    return queue.append(first, group, reserved);
  }

  Appended append(List<Entry> group) throws JournalException, InterruptedException {
    return append(room(group));
  }

  Appended appendHole(long count, String reason) {
    return queue.appendHole(count, reason, Rfc3339.toMicros(clock.now()));
  }

  /**
   * True once the append is durable.
   *
   * @throws JournalException if it could not be written
   */
  boolean isDecided(Appended appended) throws JournalException {
    return outcomes.isDecided(appended);
  }

  /** Waits until the steps of another thread have made the append durable or failed it. */
  void awaitDecided(Appended appended) throws JournalException, InterruptedException {
    outcomes.await(appended);
  }

  Reservation awaitRoom(List<Entry> group) throws JournalException, InterruptedException {
    return queue.reserve(group, files.retention()::free);
  }

  Reservation awaitRoom(long bytes, Runnable releasePinned)
      throws JournalException, InterruptedException {
    return queue.reserve(bytes, files.retention()::free, releasePinned);
  }

  boolean isPinnedOnlyBy(long position) {
    return files.retention().isPinnedOnlyBy(position);
  }

  boolean hasRoom(List<Entry> group) {
    return hasRoom(Group.bytesOf(group));
  }

  boolean hasRoom(long bytes) {
    return queue.fits(bytes, files.retention()::free);
  }

  boolean blocksWhenFull() {
    return config.whenFull() == WhenFull.BLOCK;
  }

  void warnFull() {
    fullWarning.log();
  }

  Reservation room(List<Entry> group) {
    return Reservation.none(group, blocksWhenFull() ? Shortage.EXCEED : Shortage.EVICT);
  }

  long bytesAfter(long sequence) {
    return sequence >= durableSequence() ? 0 : files.segments().bytesAfter(sequence);
  }

  JournalReader reader(long afterSequence) {
    return new JournalReader(source, afterSequence, null);
  }

  JournalReader reader(CursorState from) {
    return new JournalReader(source, from.position(), from.pendingHole());
  }

  CursorStore cursors() {
    return files.cursors();
  }

  void onDurable(Runnable listener) {
    listeners.add(listener);
  }

  JournalStatus status() {
    Retention retention = files.retention();
    return new JournalStatus(
        files.segments().count(),
        files.segments().bytes(),
        files.oldestMicros(),
        retention.evictedSegments(),
        damage.records(),
        writer.forces().soFar(),
        writer.failure(),
        cursors().unused(),
        cursors().unwritable(),
        files.foreignFiles(),
        files.setAside(),
        retention.leftovers().describe(),
        retention.leftovers().bytes());
  }

  /** Waits briefly for more records to write with the same force. */
  void gather() throws InterruptedException {
    queue.gather(writer.gatherNanos());
  }

  /**
   * Writes and forces the queued records, completes their callers, and runs due housekeeping.
   *
   * @return true if there were queued records
   */
  boolean step() {
    return writer.step();
  }

  /** Waits until {@link #step} has work. */
  void awaitWork() throws InterruptedException {
    Duration due = writer.untilDue();
    if (due == null) {
      work.await();
    } else {
      work.await(due);
    }
  }

  /** Refuses further appends; queued records are still written. */
  void refuseMore() {
    queue.close();
  }

  /** True if the queue is empty and closed. */
  boolean isDone() {
    return queue.isDone();
  }

  /** Fails all waiting callers, because a defect ended the thread that calls {@link #step}. */
  void fail(Throwable cause) {
    JournalException end = new JournalException("the journal's thread ended: " + cause, cause);
    queue.fail(end);
    outcomes.ended(end);
    LOG.error(
        "journal: stopped by an unexpected error (a defect in SessionBridge); up to {} events were"
            + " not stored; restart the agent if it does not restart by itself",
        lastSequence() - durableSequence());
  }

  /** Writes the queued records, makes the cursors durable and releases all resources. */
  @Override
  public void close() {
    refuseMore();
    writer.step();
    finish();
  }

  /** The rest of {@link #close}, after the queued records are written. */
  void finish() {
    writer.finish();
    try {
      files.close();
    } catch (IOException e) {
      LOG.warn("journal: could not be closed cleanly: {}", e.getMessage());
    }
  }
}
