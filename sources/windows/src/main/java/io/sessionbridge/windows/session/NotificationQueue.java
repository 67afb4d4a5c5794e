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
 * Completes what was heard, on a thread of its own, since asking Windows takes longer than Windows
 * waits. Bounded: what comes beyond that is left out, and then it is told how things are.
 */
final class NotificationQueue implements AutoCloseable {

  /** As many messages as Windows keeps for a program that does not read them. */
  static final int ROOM = 10_000;

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
            new LinkedBlockingQueue<>(ROOM),
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
      tellHowThingsAre(); // a message may come before the registration does
    }
    work(() -> tell(time, change));
  }

  void tellHowThingsAre() {
    begun.set(true);
    work(this::tellAll);
  }

  private void work(Runnable task) {
    worker.execute(
        () -> {
          try {
            task.run();
          } finally {
            if (missed.getAndSet(false)) {
              tellHowThingsAre();
            }
          }
        });
  }

  private void tell(Instant time, SessionChange change) {
    ChangedSession changed = sessions.changed(change.sessionId(), SessionCode.of(change.code()));
    deliver.accept(
        new SessionNotification(time, Optional.of(change), changed.facts(), changed.confirmed()));
  }

  private void tellAll() {
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

  Optional<String> trouble() {
    return sessions.trouble();
  }

  /** Delivers what was added before. */
  @Override
  public void close() {
    worker.shutdown();
    if (Thread.currentThread() == thread) {
      return; // the listener runs on this thread, and is about to come back
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
