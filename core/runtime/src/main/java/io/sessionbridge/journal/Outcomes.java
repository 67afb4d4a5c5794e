package io.sessionbridge.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What became of the appends, for those who wait for it. Each of them has a latch of its own: a
 * condition for all would wake them one after the other, as each gets and leaves the lock. Any
 * thread.
 */
final class Outcomes {

  /** Somebody who waits. */
  private record Waiter(Appended appended, CountDownLatch decided) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> waiters = new ArrayList<>();
  private volatile long durable;
  private @Nullable IOException end;

  Outcomes(long durableSequence) {
    this.durable = durableSequence;
  }

  /** The last sequence that is on the disk. */
  long durableSequence() {
    return durable;
  }

  /** Everything up to here is on the disk. */
  void durable(long sequence) {
    lock.lock();
    try {
      durable = sequence;
    } finally {
      lock.unlock();
    }
    wakeDecided();
  }

  /** These were not written, and the groups among them never will be. */
  void failed(List<Item> refused, IOException cause) {
    lock.lock();
    try {
      for (Item item : refused) {
        if (item instanceof Group group) {
          group.appended().fail(cause);
        }
      }
    } finally {
      lock.unlock();
    }
    wakeDecided();
  }

  /** Nothing more will be on the disk. */
  void ended(IOException cause) {
    lock.lock();
    try {
      end = cause;
    } finally {
      lock.unlock();
    }
    wakeDecided();
  }

  /** Wakes without the lock, which they need next. */
  private void wakeDecided() {
    List<Waiter> decided = new ArrayList<>();
    lock.lock();
    try {
      for (Waiter waiter : waiters) {
        if (isSettled(waiter.appended)) {
          decided.add(waiter);
        }
      }
      waiters.removeAll(decided);
    } finally {
      lock.unlock();
    }
    decided.forEach(waiter -> waiter.decided.countDown());
  }

  private boolean isSettled(Appended appended) {
    if (end != null && appended.last() > durable) {
      appended.fail(end);
    }
    return appended.isFailed() || appended.last() <= durable;
  }

  /**
   * True once the append's fate is decided.
   *
   * @throws JournalException if it failed
   */
  boolean isDecided(Appended appended) throws JournalException {
    lock.lock();
    try {
      boolean settled = isSettled(appended);
      appended.requireTaken();
      return settled;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the append's fate.
   *
   * @throws JournalException if it failed
   */
  void await(Appended appended) throws JournalException, InterruptedException {
    Waiter waiter = new Waiter(appended, new CountDownLatch(1));
    lock.lockInterruptibly();
    try {
      if (isDecided(appended)) {
        return;
      }
      waiters.add(waiter);
    } finally {
      lock.unlock();
    }
    try {
      waiter.decided.await();
    } catch (InterruptedException e) {
      forget(waiter);
      throw e;
    }
    appended.requireTaken();
  }

  private void forget(Waiter waiter) {
    lock.lock();
    try {
      waiters.remove(waiter);
    } finally {
      lock.unlock();
    }
  }
}
