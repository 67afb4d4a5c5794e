package io.sessionbridge.journal.write;

import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.JournalException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What became of the appends, for those who wait for it. Any thread. */
public final class Outcomes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition decided = lock.newCondition();
  private volatile long durable;
  private @Nullable IOException end;

  public Outcomes(long durableSequence) {
    this.durable = durableSequence;
  }

  /** The last sequence that is on the disk. */
  public long durableSequence() {
    return durable;
  }

  /** Everything up to here is on the disk. */
  public void durable(long sequence) {
    lock.lock();
    try {
      durable = sequence;
      decided.signalAll();
    } finally {
      lock.unlock();
    }
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
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will be on the disk. */
  public void ended(IOException cause) {
    lock.lock();
    try {
      end = cause;
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * True once the append's fate is decided.
   *
   * @throws JournalException if it failed
   */
  public boolean isDecided(Appended appended) throws JournalException {
    lock.lock();
    try {
      if (end != null && appended.last() > durable) {
        appended.fail(end);
      }
      appended.requireTaken();
      return appended.last() <= durable;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the append's fate.
   *
   * @throws JournalException if it failed
   */
  public void await(Appended appended) throws JournalException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!isDecided(appended)) {
        decided.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
