package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The system clock; a test can make a thread fail in a wait, as a defect would. */
final class BreakingClock implements Clock {

  private final Clock real = Clock.system();
  private final Map<Thread, BreakingSignal> waiting = new ConcurrentHashMap<>();
  private final Map<Thread, Error> broken = new ConcurrentHashMap<>();

  /** Throws the error in the thread's current or next wait. */
  void breakIn(Thread thread, Error error) {
    broken.put(thread, error);
    BreakingSignal signal = waiting.get(thread);
    if (signal != null) {
      signal.raise();
    }
  }

  @Override
  public Instant now() {
    return real.now();
  }

  @Override
  public long nanoTime() {
    return real.nanoTime();
  }

  @Override
  public Signal signal() {
    return new BreakingSignal();
  }

  private final class BreakingSignal implements Signal {
    private final Signal signal = real.signal();

    @Override
    public void raise() {
      signal.raise();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
      begin();
      boolean rung = signal.await(timeout);
      end();
      return rung;
    }

    @Override
    public void await() throws InterruptedException {
      begin();
      signal.await();
      end();
    }

    private void begin() {
      waiting.put(Thread.currentThread(), this); // before the check, or a break could be missed
      requireWhole();
    }

    private void end() {
      waiting.remove(Thread.currentThread());
      requireWhole();
    }

    private void requireWhole() {
      Error error = broken.get(Thread.currentThread());
      if (error != null) {
        throw error;
      }
    }
  }
}
