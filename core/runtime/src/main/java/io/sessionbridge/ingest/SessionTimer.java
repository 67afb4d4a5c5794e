package io.sessionbridge.ingest;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.ingest.Ingest.WhenFull;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.TrackerStep;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.supervision.Supervisor.Need;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of the session states without an event: the host becomes idle, a flood ends, the
 * machine's condition changes, a checkpoint is due. Runs on the thread {@code session-timer}.
 */
public final class SessionTimer implements AutoCloseable, Ingest.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(SessionTimer.class);

  /** While events arrive, how often the remaining time is checked. */
  private static final Duration BUSY_INTERVAL = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final int MAX_NOTED = 256;

  private record Noted(HostCondition condition, Moment moment) {}

  private final Ingest ingest;
  private final Clock clock;
  private final Clock.Signal work;
  private final Deque<Noted> noted = new ArrayDeque<>();
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private final AtomicBoolean saveDue = new AtomicBoolean();
  private final Thread thread;

  /** The next deadline, in nanoseconds of the clock. */
  private OptionalLong due = OptionalLong.empty();

  private volatile boolean quiet;
  private volatile boolean closing;

  public SessionTimer(Ingest ingest, Clock clock, Supervisor supervisor) {
    this.ingest = ingest;
    this.clock = clock;
    this.work = clock.signal();
    this.thread =
        supervisor.thread("session-timer", "session timer", Need.USEFUL, () -> closing, this::run);
  }

  /** Starts the timer and registers it with the ingest. */
  public void start() {
    ingest.listen(this);
    thread.start();
  }

  /** The state of a session changed, and with it perhaps the next deadline. */
  @Override
  public void ownChanged() {
    changed.set(true);
    if (quiet) {
      work.raise();
    }
  }

  @Override
  public void checkpointDue() {
    if (!saveDue.getAndSet(true)) {
      work.raise();
    }
  }

  @Override
  public void noted(HostCondition condition) {
    if (condition.presence().isEmpty() && condition.displayRequested().isEmpty()) {
      return;
    }
    Moment now = ingest.moment();
    synchronized (noted) {
      if (noted.size() >= MAX_NOTED) {
        Noted last = noted.removeLast();
        noted.addLast(new Noted(last.condition().updatedBy(condition), now));
      } else {
        noted.addLast(new Noted(condition, now));
      }
    }
    work.raise();
  }

  private void run() throws InterruptedException {
    while (!closing) {
      boolean busy = changed.getAndSet(false);
      Duration left = step();
      if (saveDue.get()) {
        ingest.saveStates();
        saveDue.set(false);
      }
      if (busy) {
        work.await(min(left, BUSY_INTERVAL));
        continue;
      }
      quiet = true;
      if (!changed.get() && !closing) {
        work.await(left);
      }
      quiet = false;
    }
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Does what is due and returns the time until the next deadline. */
  private Duration step() throws InterruptedException {
    try {
      for (Noted next = next(); next != null; next = next()) {
        take(next);
        synchronized (noted) {
          noted.removeFirst();
        }
      }
      return advance();
    } catch (EmitException e) {
      LOG.debug("the write is retried: {}", e.getMessage()); // the journal has logged the reason
      return RETRY;
    }
  }

  private @Nullable Noted next() {
    synchronized (noted) {
      return noted.peekFirst();
    }
  }

  private void take(Noted reported) throws EmitException, InterruptedException {
    ingest.own(
        Ingest.AGENT,
        write ->
            write.own(
                (tracker, before, ids) ->
                    tracker.note(before, reported.condition(), reported.moment(), ids)),
        WhenFull.NONE);
  }

  /** Advances the tracker's time if a deadline has passed. */
  private Duration advance() throws EmitException, InterruptedException {
    boolean overdue = due.isPresent() && clock.nanoTime() - due.getAsLong() >= 0;
    Moment now = ingest.moment();
    OptionalLong[] left = {OptionalLong.empty()};
    ingest.own(
        Ingest.AGENT,
        write ->
            write.own(
                (tracker, before, ids) -> {
                  left[0] = tracker.millisToDeadline(before, now);
                  boolean dueNow = left[0].isPresent() && left[0].getAsLong() <= 0;
                  if (!overdue && !dueNow) {
                    return unchanged(before);
                  }
                  TrackerStep step = tracker.advanceTo(before, now, ids);
                  left[0] = tracker.millisToDeadline(step.after(), now);
                  return step;
                }),
        WhenFull.NONE);
    if (left[0].isEmpty()) {
      due = OptionalLong.empty();
      return FOREVER;
    }
    Duration wait =
        left[0].getAsLong() > 0 ? Duration.ofMillis(left[0].getAsLong()) : BUSY_INTERVAL;
    due = OptionalLong.of(clock.nanoTime() + min(wait, FOREVER).toNanos());
    return wait;
  }

  static TrackerStep unchanged(HostSessions before) {
    return new TrackerStep(before, List.of(), 0, 0, 0);
  }

  /** Ends the thread. */
  @Override
  public void close() {
    closing = true;
    work.raise();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
