package io.sessionbridge.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The time of this machine. */
enum SystemClock implements Clock {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Signal signal() {
    return new LockSignal();
  }

  private static final class LockSignal implements Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean raised;

    @Override
    public void raise() {
      lock.lock();
      try {
        raised = true;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
      lock.lockInterruptibly();
      try {
        long left = timeout.toNanos();
        while (!raised && left > 0) {
          left = changed.awaitNanos(left);
        }
        return reset();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void await() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (!raised) {
          changed.await();
        }
        reset();
      } finally {
        lock.unlock();
      }
    }

    private boolean reset() {
      boolean was = raised;
      raised = false;
      return was;
    }
  }
}
