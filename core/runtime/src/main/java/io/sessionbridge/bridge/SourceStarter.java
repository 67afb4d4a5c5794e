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
 * Starts sources, and tries those that fail or break again under a back-off, on the thread {@code
 * source-starter}, which exists only once a source has failed.
 *
 * <p>{@link #start} and {@link #close} are called by one thread.
 */
final class SourceStarter implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A source to be tried again at a moment of the clock's nanoTime. */
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

  /** Starts the source now; if that fails, again and again until it works or all is closed. */
  void start(SourceSlot slot) {
    if (slot.start()) {
      return;
    }
    again(slot, new StartBackoff(random));
  }

  /** Makes a source again whose thread ended by a defect. Any thread. */
  void threadEnded(SourceSlot slot, Throwable cause) {
    if (slot.broke(cause)) {
      again(slot, new StartBackoff(random));
    }
  }

  private void again(SourceSlot slot, StartBackoff backoff) {
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
        tryAgain(next);
      }
    }
  }

  private @Nullable Due next() {
    synchronized (failed) {
      return failed.stream().min(Comparator.comparingLong(Due::at)).orElse(null);
    }
  }

  private void tryAgain(Due due) {
    synchronized (failed) {
      failed.remove(due);
    }
    if (!due.slot().start()) {
      again(due.slot(), due.backoff());
    }
  }

  /** Ends the attempts. A start that is under way is interrupted if it takes too long. */
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
      starter.join(PATIENCE.toMillis());
      if (starter.isAlive()) {
        starter.interrupt();
        starter.join(PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
