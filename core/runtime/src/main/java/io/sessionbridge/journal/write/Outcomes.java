package io.sessionbridge.journal.write;

import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.JournalException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The outcomes of appends, for callers that wait for them. Thread-safe. */
public final class Outcomes {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition decided = lock.newCondition();
  private volatile long durable;
  private @Nullable IOException end;

  public Outcomes(long durableSequence) {
    this.durable = durableSequence;
  }

  /** The last durable sequence. */
  public long durableSequence() {
    return durable;
  }

  /** Everything up to this sequence is durable. */
  public void durable(long sequence) {
    lock.lock();
    try {
      durable = sequence;
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** These items were not written; the groups among them never will be. */
  void failed(List<Item> failedItems, IOException cause) {
    lock.lock();
    try {
      for (Item item : failedItems) {
        if (item instanceof Group group) {
          group.appended().fail(cause);
        }
      }
      decided.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will become durable. */
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
   * True once the append is durable.
   *
   * @throws JournalException if it failed
   */
  public boolean isDecided(Appended appended) throws JournalException {
    lock.lock();
    try {
      if (end != null && appended.last() > durable) {
        appended.fail(end);
      }
      appended.requireNotFailed();
      return appended.last() <= durable;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the append is durable or has failed.
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
