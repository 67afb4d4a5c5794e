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
 * What happens to the states of the sessions although no event comes: the host becomes idle, a
 * flood ends, the system tells a condition, a checkpoint is due. Its thread is {@code
 * session-timer}.
 */
public final class SessionTimer implements AutoCloseable, Ingest.Follower {

  private static final Logger LOG = LoggerFactory.getLogger(SessionTimer.class);

  /** With many events, so often is it asked how much time is left. */
  private static final Duration CALM = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final int MOST_NOTED = 256;

  private record Noted(HostCondition condition, Moment moment) {}

  private final Ingest ingest;
  private final Clock clock;
  private final Clock.Signal work;
  private final Deque<Noted> noted = new ArrayDeque<>();
  private final AtomicBoolean changed = new AtomicBoolean(true);
  private final AtomicBoolean saveDue = new AtomicBoolean();
  private final Thread thread;

  /** When something is due, in nanoseconds of the clock. */
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

  /** Begins; the ingest tells it what happens from now on. */
  public void start() {
    ingest.follow(this);
    thread.start();
  }

  /** A session's state has changed, and with it perhaps how much time is left. */
  @Override
  public void ownChanged() {
    changed.set(true);
    if (quiet) {
      work.raise();
    }
  }

  @Override
  public void farBehind() {
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
      if (noted.size() >= MOST_NOTED) {
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
        work.await(min(left, CALM));
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

  /** Does what is due, and returns how much time is left until something is. */
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
      LOG.debug("the journal is offered it again: {}", e.getMessage()); // it has told why
      return RETRY;
    }
  }

  private @Nullable Noted next() {
    synchronized (noted) {
      return noted.peekFirst();
    }
  }

  private void take(Noted told) throws EmitException, InterruptedException {
    ingest.own(
        Ingest.AGENT,
        write ->
            write.own(
                (tracker, before, ids) ->
                    tracker.note(before, told.condition(), told.moment(), ids)),
        WhenFull.NONE);
  }

  /** Lets the time pass if something is due. */
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
    Duration wait = left[0].getAsLong() > 0 ? Duration.ofMillis(left[0].getAsLong()) : CALM;
    due = OptionalLong.of(clock.nanoTime() + min(wait, FOREVER).toNanos());
    return wait;
  }

  static TrackerStep unchanged(HostSessions before) {
    return new TrackerStep(before, List.of(), 0, 0, 0);
  }

  /** Ends it. */
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
