package io.sessionbridge.bridge;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Starts sources. Retries those that fail or break, with a back-off, on the thread {@code
 * source-starter}, which exists only after the first failure.
 *
 * <p>{@link #start} and {@link #close} are called by one thread.
 */
final class SourceStarter implements AutoCloseable {

  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  /** A source to retry at a time of the clock's {@code nanoTime}. */
  private record Due(SourceSlot slot, StartBackoff backoff, long at) {}

  private final Clock clock;
  private final RandomGenerator random;
  private final Supervisor supervisor;
  private final Clock.Signal changed;
  private final List<Due> failed = new ArrayList<>();
  private @Nullable Thread thread;
  private volatile boolean closing;

  SourceStarter(Clock clock, RandomGenerator random, Supervisor supervisor) {
    this.clock = clock;
    this.random = random;
    this.supervisor = supervisor;
    this.changed = clock.signal();
  }

  /** Starts the source now; on failure, retries until a start succeeds or this is closed. */
  void start(SourceSlot slot) {
    if (slot.start()) {
      return;
    }
    scheduleRetry(slot, new StartBackoff(random));
  }

  /** Recreates a source after a defect ended one of its threads. Thread-safe. */
  void threadEnded(SourceSlot slot, Throwable cause) {
    if (slot.broke(cause)) {
      scheduleRetry(slot, new StartBackoff(random));
    }
  }

  private void scheduleRetry(SourceSlot slot, StartBackoff backoff) {
    synchronized (failed) {
      failed.add(new Due(slot, backoff, clock.nanoTime() + backoff.next().toNanos()));
      if (thread == null && !closing) {
        thread =
            supervisor.thread(
                "source-starter", "source starter", Need.USEFUL, () -> closing, this::run);
        thread.start();
      }
    }
    changed.raise();
  }

  private void run() throws InterruptedException {
    while (!closing) {
      Due next = next();
      if (next == null) {
        changed.await();
      } else if (next.at() - clock.nanoTime() > 0) {
        changed.await(Duration.ofNanos(next.at() - clock.nanoTime()));
      } else {
        retry(next);
      }
    }
  }

  private @Nullable Due next() {
    synchronized (failed) {
      return failed.stream().min(Comparator.comparingLong(Due::at)).orElse(null);
    }
  }

  private void retry(Due due) {
    synchronized (failed) {
      failed.remove(due);
    }
    if (!due.slot().start()) {
      scheduleRetry(due.slot(), due.backoff());
    }
  }

  /** Ends the retries. Interrupts a running start if it takes too long. */
  @Override
  public void close() {
    Thread starter;
    synchronized (failed) {
      closing = true;
      starter = thread;
    }
    changed.raise();
    if (starter != null) {
      awaitEnd(starter);
    }
  }

  private static void awaitEnd(Thread starter) {
    try {
      starter.join(CLOSE_WAIT.toMillis());
      if (starter.isAlive()) {
        starter.interrupt();
        starter.join(CLOSE_WAIT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
