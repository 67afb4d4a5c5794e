package io.sessionbridge.journal.write;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.Reservation;
import io.sessionbridge.journal.retention.RoomLedger;
import io.sessionbridge.journal.retention.Shortage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The queue of appends for the thread {@code journal}. Assigns the sequences. Thread-safe. */
public final class WriteQueue {

  /** Queued bytes from which appends block. */
  private static final long MAX_QUEUED_BYTES = 8 << 20;

  private static final int MAX_BATCH_BYTES = 1 << 20;

  /** No expected sequence; real ones are positive. */
  private static final long ANY = -1;

  /** How often a waiting caller releases the segments that only it pins. */
  private static final long RELEASE_INTERVAL_NANOS = 1_000_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition gathered = lock.newCondition();
  private final Deque<Item> items = new ArrayDeque<>();
  private final Clock.Signal work;
  private final Deque<Object> waiters = new ArrayDeque<>();
  private final RoomLedger ledger;
  private long queuedBytes;
  private long last;
  private int expected;
  private boolean closed;
  private @Nullable JournalException broken;

  public WriteQueue(Clock.Signal work, long lastSequence, long segmentBytes) {
    this.work = work;
    this.last = lastSequence;
    this.ledger = new RoomLedger(segmentBytes);
  }

  /** Appends a group and uses up its reservation. */
  public Appended append(Reservation reserved) throws JournalException, InterruptedException {
    return append(ANY, reserved.entries(), reserved).orElseThrow();
  }

  /**
   * Appends a group that contains its own sequences, and uses up its reservation.
   *
   * @param first the first sequence that it must get
   * @return empty if it would get another one; then nothing is appended or used up
   */
  public Optional<Appended> append(long first, List<Entry> entries, Reservation reserved)
      throws JournalException, InterruptedException {
    long bytes = Group.bytesOf(entries);
    lock.lockInterruptibly();
    try {
      while (!closed && queuedBytes > 0 && queuedBytes + bytes > MAX_QUEUED_BYTES) {
        changed.await();
      }
      requireOpen();
      if (first != ANY && first != last + 1) {
        return Optional.empty();
      }
      reserved.use();
      ledger.add(bytes);
      Appended appended = new Appended(last + 1, last + entries.size());
      last = appended.last();
      items.addLast(new Group(appended, entries, bytes, reserved.shortage()));
      queuedBytes += bytes;
      if (items.size() >= expected) {
        gathered.signal();
      }
      return Optional.of(appended);
    } finally {
      lock.unlock();
      work.raise();
    }
  }

  private void requireOpen() throws JournalException {
    JournalException cause = broken;
    if (cause != null) {
      throw new JournalException(String.valueOf(cause.getMessage()), cause);
    }
    if (closed) {
      throw new JournalException("the journal is closed");
    }
  }

  public Appended appendHole(long count, String reason, long timeMicros) {
    lock.lock();
    try {
      long sequences = Math.max(1, count); // an uncounted loss uses one
      PendingHole hole = new PendingHole(last + 1, last + sequences, count, reason, timeMicros);
      last += sequences;
      if (items.peekLast() instanceof PendingHole before && before.continuesWith(hole)) {
        items.removeLast();
        items.addLast(before.with(hole));
      } else {
        items.addLast(hole);
      }
      return new Appended(hole.first(), hole.last());
    } finally {
      lock.unlock();
      work.raise();
    }
  }

  /**
   * Waits briefly for the emitters whose last append just became durable: an emitter in a loop
   * appends again at once, so all of them can share the next force. Otherwise the first one would
   * get a force of its own and the others would wait for it. On the journal's thread.
   *
   * @param atMost nanoseconds; 0 for no wait
   */
  public void gather(long atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost;
      while (items.size() < expected && queuedBytes < MAX_BATCH_BYTES && !closed && left > 0) {
        left = gathered.awaitNanos(left);
      }
      expected = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes queued items in order, up to about 1 MiB; on the journal's thread. */
  List<Item> take() {
    lock.lock();
    try {
      List<Item> taken = new ArrayList<>();
      long bytes = 0;
      while (!items.isEmpty() && bytes < MAX_BATCH_BYTES) {
        Item item = items.removeFirst();
        taken.add(item);
        bytes += item instanceof Group group ? group.bytes() : 0;
      }
      queuedBytes -= bytes;
      if (bytes > 0) {
        changed.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * These items are on the disk; their callers are notified next.
   *
   * @param room left in the current segment
   * @see #gather
   */
  void written(List<Item> written, long room) {
    lock.lock();
    try {
      settle(written);
      ledger.room(room);
      expected = items.size() + (int) written.stream().filter(Group.class::isInstance).count();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** These items failed and use no room. */
  void failed(List<Item> failedItems) {
    lock.lock();
    try {
      settle(failedItems);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void settle(List<Item> items) {
    for (Item item : items) {
      if (item instanceof Group group) {
        ledger.remove(group.bytes());
      }
    }
  }

  /**
   * Sets the room left in the current segment; on the journal's thread, before it writes a group.
   */
  void room(long bytes) {
    lock.lock();
    try {
      ledger.room(bytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reclaims unused sequences for later appends; no reader can have seen them. Their emitters must
   * have been notified before.
   *
   * @return false if later sequences are in use, so that these must become a hole
   */
  boolean reclaim(PendingHole unused) {
    lock.lock();
    try {
      if (last != unused.last()) {
        return false;
      }
      last = unused.first() - 1;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reserves room for a group, and waits for it in the order of the calls.
   *
   * @param free the free room of the segments, called again when it may have changed
   */
  public Reservation reserve(List<Entry> entries, Supplier<RoomLedger.Free> free)
      throws JournalException, InterruptedException {
    return reserve(entries, Group.bytesOf(entries), free, () -> {});
  }

  /**
   * Like the other method, for a group that is not known yet, of at most that many bytes.
   *
   * @param releasePinned releases segments that only the caller pins; called without the lock
   *     before the wait and every second during it
   */
  public Reservation reserve(long bytes, Supplier<RoomLedger.Free> free, Runnable releasePinned)
      throws JournalException, InterruptedException {
    return reserve(List.of(), bytes, free, releasePinned);
  }

  private Reservation reserve(
      List<Entry> entries, long bytes, Supplier<RoomLedger.Free> free, Runnable releasePinned)
      throws JournalException, InterruptedException {
    Object turn = new Object();
    long untilRelease = 0;
    lock.lockInterruptibly();
    try {
      waiters.addLast(turn);
      while (!closed && (waiters.peekFirst() != turn || !ledger.fits(bytes, free))) {
        if (untilRelease > 0) {
          untilRelease = changed.awaitNanos(untilRelease);
        } else {
          withoutLock(releasePinned);
          untilRelease = RELEASE_INTERVAL_NANOS;
        }
      }
      requireOpen();
      ledger.add(bytes);
      return new Reservation(entries, bytes, Shortage.EXCEED, () -> release(bytes));
    } finally {
      waiters.remove(turn);
      changed.signalAll();
      lock.unlock();
    }
  }

  private void withoutLock(Runnable action) {
    lock.unlock();
    try {
      action.run();
    } finally {
      lock.lock();
    }
  }

  private void release(long bytes) {
    lock.lock();
    try {
      ledger.remove(bytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a reservation would not wait now. */
  public boolean fits(long bytes, Supplier<RoomLedger.Free> free) {
    lock.lock();
    try {
      return waiters.isEmpty() && ledger.fits(bytes, free);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the callers that wait for room. */
  void roomChanged() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Fails all callers, because the queue is no longer processed. */
  public void fail(JournalException cause) {
    lock.lock();
    try {
      closed = true;
      broken = cause;
      items.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** True if the queue is empty and closed. */
  public boolean isDone() {
    lock.lock();
    try {
      return closed && items.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further appends; queued items are still written. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      gathered.signal();
    } finally {
      lock.unlock();
      work.raise();
    }
  }

  public long lastSequence() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }
}
