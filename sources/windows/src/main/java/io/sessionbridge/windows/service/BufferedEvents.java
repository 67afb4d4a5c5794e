package io.sessionbridge.windows.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Buffers events until the first subscription: at most {@value #CAPACITY}, then further ones are
 * dropped and counted. Listeners are called under the lock; they return at once.
 */
final class BufferedEvents implements ServiceEvents {

  static final int CAPACITY = 4096;

  private final Supplier<Optional<String>> problem;
  private final Runnable renewal;
  private final List<ServiceListener> listeners = new ArrayList<>();
  private final Queue<ServiceEvent> waiting = new ArrayDeque<>();
  private long lost;

  BufferedEvents(Supplier<Optional<String>> problem, Runnable renewal) {
    this.problem = problem;
    this.renewal = renewal;
  }

  @Override
  public synchronized Subscription subscribe(ServiceListener listener) {
    if (lost > 0) {
      long count = lost;
      lost = 0;
      guarded(listener, to -> to.lost(count));
    }
    for (ServiceEvent event = waiting.poll(); event != null; event = waiting.poll()) {
      ServiceEvent next = event;
      guarded(listener, to -> to.received(next));
    }
    listeners.add(listener);
    return () -> remove(listener);
  }

  private synchronized void remove(ServiceListener listener) {
    listeners.remove(listener);
  }

  /** Called by Windows' thread. */
  synchronized void publish(ServiceEvent event) {
    if (!listeners.isEmpty()) {
      listeners.forEach(listener -> guarded(listener, to -> to.received(event)));
    } else if (waiting.size() < CAPACITY) {
      waiting.add(event);
    } else {
      lost++;
    }
  }

  @Override
  public Optional<String> problem() {
    return problem.get();
  }

  @Override
  public void renew() {
    renewal.run();
  }

  /** An exception must not reach Windows, nor keep the event from other listeners. */
  private static void guarded(ServiceListener listener, Consumer<ServiceListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
