package io.sessionbridge.testkit;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** The state that a fake shares with its test, under one lock; both can wait for changes. */
final class SharedState {

  /** How long a test waits for another thread, in real time. */
  private static final long TIMEOUT_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int inside;

  void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  <T> T read(Supplier<T> reader) {
    lock.lock();
    try {
      return reader.get();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks while the condition holds; the test can wait for a blocked call with awaitInside. */
  void awaitReleased(BooleanSupplier held) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      inside++;
      changed.signalAll();
      while (held.getAsBoolean()) {
        changed.await();
      }
    } finally {
      inside--;
      lock.unlock();
    }
  }

  boolean isAnyInside() {
    return read(() -> inside > 0);
  }

  void awaitInside() throws InterruptedException {
    awaitCount("waiting calls", 1, () -> inside);
  }

  void awaitCount(String what, int count, IntSupplier now) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
      while (now.getAsInt() < count) {
        if (left <= 0) {
          throw new AssertionError("expected " + count + " " + what + ", found " + now.getAsInt());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
