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

/** Where appends wait for the thread {@code journal}. Gives out the sequences. Any thread. */
public final class WriteQueue {

  /** Bytes that wait at most before appends wait too. */
  private static final long MOST_BYTES = 8 << 20;

  private static final int MOST_BYTES_AT_ONCE = 1 << 20;

  /** No sequence is negative. */
  private static final long ANY = -1;

  /** So long at most anybody waits for what only the one that waits holds. */
  private static final long LET_GO_NANOS = 1_000_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition gathered = lock.newCondition();
  private final Deque<Item> items = new ArrayDeque<>();
  private final Clock.Signal work;
  private final Deque<Object> line = new ArrayDeque<>();
  private final RoomLedger ledger;
  private long waitingBytes;
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
   * Appends a group in which the sequences stand that it will have, and uses up its reservation.
   *
   * @param first the sequence that it must begin with
   * @return empty if it would begin with another one; then nothing is appended or used up
   */
  public Optional<Appended> append(long first, List<Entry> entries, Reservation reserved)
      throws JournalException, InterruptedException {
    long bytes = Group.bytesOf(entries);
    lock.lockInterruptibly();
    try {
      while (!closed && waitingBytes > 0 && waitingBytes + bytes > MOST_BYTES) {
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
      waitingBytes += bytes;
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
      long sequences = Math.max(1, count); // a loss that nobody can count takes one
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
   * Waits a little for those whose last append has just become durable: who emits one event after
   * the other comes back at once, and then all of them share the next force. Otherwise the first to
   * come back would have one alone, and the others wait for it. By the journal's thread.
   *
   * @param atMost nanoseconds; 0 for not at all
   */
  public void gather(long atMost) throws InterruptedException {
    lock.lock();
    try {
      long left = atMost;
      while (items.size() < expected && waitingBytes < MOST_BYTES_AT_ONCE && !closed && left > 0) {
        left = gathered.awaitNanos(left);
      }
      expected = 0;
    } finally {
      lock.unlock();
    }
  }

  /** Takes what waits, in order, up to about a mebibyte; by the journal's thread. */
  List<Item> take() {
    lock.lock();
    try {
      List<Item> taken = new ArrayList<>();
      long bytes = 0;
      while (!items.isEmpty() && bytes < MOST_BYTES_AT_ONCE) {
        Item item = items.removeFirst();
        taken.add(item);
        bytes += item instanceof Group group ? group.bytes() : 0;
      }
      waitingBytes -= bytes;
      if (bytes > 0) {
        changed.signalAll();
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /**
   * These are on the disk, and whoever waits for them will be told next.
   *
   * @param room that the segment in use has left behind them
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

  /** These take no room, because they were not written. */
  void refused(List<Item> refused) {
    lock.lock();
    try {
      settle(refused);
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

  /** Sets what the segment in use still takes; by the journal's thread, before it puts a group. */
  void room(long bytes) {
    lock.lock();
    try {
      ledger.room(bytes);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes back sequences that stand for nothing, to give them out again; no reader can have seen
   * them. Their emitters must know already.
   *
   * @return false if later ones are in use, so that these must be stated as a hole
   */
  boolean takeBack(PendingHole unused) {
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
   * Reserves room for a group, and waits for it behind those who came before.
   *
   * @param free what the segments leave free, asked again whenever that may have changed
   */
  public Reservation reserve(List<Entry> entries, Supplier<RoomLedger.Free> free)
      throws JournalException, InterruptedException {
    return reserve(entries, Group.bytesOf(entries), free, () -> {});
  }

  /**
   * The same for a group that is not known yet, and will have so many bytes at most.
   *
   * @param letGo lets go what only the caller holds; called without the lock before the wait and
   *     every second of it
   */
  public Reservation reserve(long bytes, Supplier<RoomLedger.Free> free, Runnable letGo)
      throws JournalException, InterruptedException {
    return reserve(List.of(), bytes, free, letGo);
  }

  private Reservation reserve(
      List<Entry> entries, long bytes, Supplier<RoomLedger.Free> free, Runnable letGo)
      throws JournalException, InterruptedException {
    Object turn = new Object();
    long untilLetGo = 0;
    lock.lockInterruptibly();
    try {
      line.addLast(turn);
      while (!closed && (line.peekFirst() != turn || !ledger.fits(bytes, free))) {
        if (untilLetGo > 0) {
          untilLetGo = changed.awaitNanos(untilLetGo);
        } else {
          withoutLock(letGo);
          untilLetGo = LET_GO_NANOS;
        }
      }
      requireOpen();
      ledger.add(bytes);
      return new Reservation(entries, bytes, Shortage.EXCEED, () -> giveBack(bytes));
    } finally {
      line.remove(turn);
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

  private void giveBack(long bytes) {
    lock.lock();
    try {
      ledger.remove(bytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a reservation need not wait at this moment. */
  public boolean fits(long bytes, Supplier<RoomLedger.Free> free) {
    lock.lock();
    try {
      return line.isEmpty() && ledger.fits(bytes, free);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes those who wait for room. */
  void roomChanged() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends everything, because nobody takes what waits any more. */
  public void breakDown(JournalException cause) {
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

  /** True if nothing waits and nothing more may come. */
  public boolean isDone() {
    lock.lock();
    try {
      return closed && items.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Refuses further appends; what waits is still written. */
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
