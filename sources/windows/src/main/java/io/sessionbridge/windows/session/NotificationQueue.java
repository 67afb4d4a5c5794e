package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.SessionFacts;
import io.sessionbridge.windows.window.SessionScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds facts to changes on a thread of its own, because queries take longer than Windows waits.
 * Bounded: further changes are dropped, and then the existing sessions are reported again.
 */
final class NotificationQueue implements AutoCloseable {

  /** As many as Windows queues for a program that does not read its messages. */
  static final int CAPACITY = 10_000;

  private static final long CLOSE_SECONDS = 5;

  private final WindowsSessions sessions;
  private final SessionScope scope;
  private final InstantSource clock;
  private final Consumer<SessionNotification> deliver;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final AtomicBoolean missed = new AtomicBoolean();
  private final ThreadPoolExecutor worker;
  private volatile @Nullable Thread thread;

  NotificationQueue(
      WindowsSessions sessions,
      SessionScope scope,
      InstantSource clock,
      Consumer<SessionNotification> deliver) {
    this.sessions = sessions;
    this.scope = scope;
    this.clock = clock;
    this.deliver = deliver;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(CAPACITY),
            this::newThread,
            (task, pool) -> missed.set(true));
  }

  private Thread newThread(Runnable work) {
    Thread made = new Thread(work, "session-facts");
    made.setDaemon(true);
    thread = made;
    return made;
  }

  void add(SessionChange change) {
    Instant time = clock.instant();
    if (!begun.get()) {
      reportExisting(); // a message may arrive before the registration is confirmed
    }
    work(() -> report(time, change));
  }

  void reportExisting() {
    begun.set(true);
    work(this::reportAll);
  }

  private void work(Runnable task) {
    worker.execute(
        () -> {
          try {
            task.run();
          } finally {
            if (missed.getAndSet(false)) {
              reportExisting();
            }
          }
        });
  }

  private void report(Instant time, SessionChange change) {
    ChangedSession changed = sessions.changed(change.sessionId(), SessionCode.of(change.code()));
    deliver.accept(
        new SessionNotification(time, Optional.of(change), changed.facts(), changed.confirmed()));
  }

  private void reportAll() {
    for (SessionFacts facts : present()) {
      deliver.accept(
          new SessionNotification(clock.instant(), Optional.empty(), facts, Optional.empty()));
    }
  }

  private List<SessionFacts> present() {
    return switch (scope) {
      case ALL -> sessions.all();
      case THIS -> sessions.own().map(sessions::find).stream().toList();
    };
  }

  Optional<String> problem() {
    return sessions.problem();
  }

  /** Delivers the changes that were added before. */
  @Override
  public void close() {
    worker.shutdown();
    if (Thread.currentThread() == thread) {
      return; // called by the listener on this thread, which ends after it
    }
    try {
      if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
