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
import io.sessionbridge.journal.write.JournalWriter;
import io.sessionbridge.journal.write.Outcomes;
import io.sessionbridge.journal.write.SegmentMaker;
import io.sessionbridge.journal.write.Upkeep;
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
 * All of a journal but its thread: what is appended waits until somebody calls {@link #step}.
 * {@link Journal} does that on a thread; a test does it when its schedule says so, and gets the
 * same result each time. What both share is documented there.
 *
 * <p>{@link #gather}, {@link #step}, {@link #awaitWork} and {@link #close} by one thread, the rest
 * by any.
 */
final class JournalCore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(JournalCore.class);

  private final JournalConfig config;
  private final Clock clock;
  private final String epoch;
  private final Clock.Signal work;
  private final Outcomes outcomes = new Outcomes(0);
  private final JournalFiles files;
  private final Damage damage = new Damage();
  private final LiveSource source;
  private final WriteQueue queue;
  private final JournalWriter writer;
  private final FullNotice fullNotice;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /** Opens the journal as {@link Journal#open} does. */
  JournalCore(JournalConfig config, Path folder, Storage storage, Clock clock, long epoch)
      throws IOException {
    this.config = config;
    this.clock = clock;
    this.epoch = Epoch.text(epoch);
    this.work = clock.signal();
    this.fullNotice = new FullNotice(clock, config.maxBytes());
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
            new SegmentMaker(config, storage, folderOfSegments, clock, epoch, segments, retention),
            new Upkeep(clock, queue, segments, files.cursors(), retention),
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
   * True once it is known what became of an append.
   *
   * @throws JournalException if it could not be written
   */
  boolean isDecided(Appended appended) throws JournalException {
    return outcomes.isDecided(appended);
  }

  /** Waits until another thread's steps have decided the append. */
  void awaitDecided(Appended appended) throws JournalException, InterruptedException {
    outcomes.await(appended);
  }

  Reservation awaitRoom(List<Entry> group) throws JournalException, InterruptedException {
    return queue.reserve(group, files.retention()::free);
  }

  Reservation awaitRoom(long bytes, Runnable letGo) throws JournalException, InterruptedException {
    return queue.reserve(bytes, files.retention()::free, letGo);
  }

  boolean isHeldAloneBy(long position) {
    return files.retention().isHeldAloneBy(position);
  }

  boolean hasRoom(List<Entry> group) {
    return hasRoom(Group.bytesOf(group));
  }

  boolean hasRoom(long bytes) {
    return queue.fits(bytes, files.retention()::free);
  }

  boolean makesAllWait() {
    return config.whenFull() == WhenFull.BLOCK;
  }

  void tellThatAllWait() {
    fullNotice.tell();
  }

  Reservation room(List<Entry> group) {
    return Reservation.none(group, makesAllWait() ? Shortage.EXCEED : Shortage.EVICT);
  }

  long bytesBehind(long sequence) {
    return sequence >= durableSequence() ? 0 : files.segments().bytesBehind(sequence);
  }

  JournalReader reader(long afterSequence) {
    return new JournalReader(source, afterSequence, null);
  }

  JournalReader reader(CursorState from) {
    return new JournalReader(source, from.position(), from.owed());
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
        files.strangeFiles(),
        files.setAside(),
        retention.leftovers().describe(),
        retention.leftovers().bytes());
  }

  /** Waits a little for more to write with the same force. */
  void gather() throws InterruptedException {
    queue.gather(writer.patience());
  }

  /**
   * Writes and forces what waits, tells those who wait for it, and does what else is due.
   *
   * @return true if something waited
   */
  boolean step() {
    return writer.step();
  }

  /** Waits until there is something for {@link #step}. */
  void awaitWork() throws InterruptedException {
    Duration due = writer.untilDue();
    if (due == null) {
      work.await();
    } else {
      work.await(due);
    }
  }

  /** Refuses further appends; what waits is still written. */
  void refuseMore() {
    queue.close();
  }

  /** True if nothing waits and nothing more may come. */
  boolean isDone() {
    return queue.isDone();
  }

  /** Nobody calls {@link #step} any more, because of a defect: whoever waits learns it. */
  void breakDown(Throwable cause) {
    JournalException end = new JournalException("the journal's thread ended: " + cause, cause);
    queue.breakDown(end);
    outcomes.ended(end);
    LOG.error(
        "journal: stopped by an unexpected error (a defect in SessionBridge); {} records were not"
            + " durable yet, and are refused",
        lastSequence() - durableSequence());
  }

  /** Writes what waits, makes the cursors durable and gives everything back. */
  @Override
  public void close() {
    refuseMore();
    writer.step();
    finish();
  }

  /** The end of {@link #close}, for a thread that has written what waits. */
  void finish() {
    writer.finish();
    try {
      files.close();
    } catch (IOException e) {
      LOG.warn("journal: could not be closed cleanly: {}", e.getMessage());
    }
  }
}
