package io.sessionbridge.testkit;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A clock that only the test advances. A thread that waits for a signal wakes up when the signal is
 * raised or the time has advanced far enough. So a test never sleeps: it waits until the other
 * thread waits, and then advances the time.
 */
public final class TestingClock implements Clock {

  private static final Instant START = Instant.parse("2026-11-20T08:00:00Z");
  private static final long FOREVER = Long.MAX_VALUE;

  /** How long a test waits for another thread, in real time. */
  private static final long TIMEOUT_SECONDS = 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Waiter> waiters = new ArrayList<>();
  private Instant now = START;
  private long nanos = 1_000_000_000L;

  /** A thread inside {@link Signal#await}. */
  private static final class Waiter {
    private final TestingSignal signal;
    private final long deadline;
    private boolean woken;
    private boolean raised;

    Waiter(TestingSignal signal, long deadline) {
      this.signal = signal;
      this.deadline = deadline;
    }
  }

  /** The thread that raises removes the waiter, so that the count of waiters is right at once. */
  private final class TestingSignal implements Signal {
    private boolean raised;

    @Override
    public void raise() {
      lock.lock();
      try {
        raised = true;
        for (Waiter waiter : List.copyOf(waiters)) {
          if (waiter.signal == this && raised) {
            raised = false;
            waiter.raised = true;
            wake(waiter);
          }
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
      return await(timeout.isNegative() ? 0 : timeout.toNanos());
    }

    @Override
    public void await() throws InterruptedException {
      await(FOREVER);
    }

    private boolean await(long timeout) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        if (raised || timeout == 0) {
          boolean was = raised;
          raised = false;
          return was;
        }
        return park(new Waiter(this, timeout == FOREVER ? FOREVER : nanos + timeout));
      } finally {
        lock.unlock();
      }
    }

    private boolean park(Waiter waiter) throws InterruptedException {
      waiters.add(waiter);
      changed.signalAll();
      try {
        while (!waiter.woken) {
          changed.await();
        }
        return waiter.raised;
      } catch (InterruptedException e) {
        raised = raised || waiter.raised; // an interrupted thread must not lose the signal
        throw e;
      } finally {
        waiters.remove(waiter);
      }
    }
  }

  private void wake(Waiter waiter) {
    waiter.woken = true;
    waiters.remove(waiter);
    changed.signalAll();
  }

  @Override
  public Instant now() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Signal signal() {
    return new TestingSignal();
  }

  /** Advances both clocks and wakes the threads whose time has come. */
  public void advance(Duration time) {
    lock.lock();
    try {
      now = now.plus(time);
      nanos += time.toNanos();
      for (Waiter waiter : List.copyOf(waiters)) {
        if (waiter.deadline <= nanos) {
          wake(waiter);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sets the wall clock, as an administrator may; wakes no thread. */
  public void jump(Instant time) {
    lock.lock();
    try {
      now = time;
    } finally {
      lock.unlock();
    }
  }

  /** Returns once this many threads wait for signals of this clock. */
  public void awaitWaiting(int threads) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
      while (waiters.size() < threads) {
        if (left <= 0) {
          throw new AssertionError(
              "expected " + threads + " threads to wait, found " + waiters.size());
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Repeatedly advances to the next time that a thread waits for, until the condition holds. */
  public void advanceUntil(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("expected that " + what);
      }
      advanceToNext();
    }
  }

  private void advanceToNext() {
    lock.lock();
    try {
      long next = waiters.stream().mapToLong(waiter -> waiter.deadline).min().orElse(FOREVER);
      if (next != FOREVER) {
        advance(Duration.ofNanos(next - nanos));
        return;
      }
    } finally {
      lock.unlock();
    }
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)); // let the other threads work
  }
}
