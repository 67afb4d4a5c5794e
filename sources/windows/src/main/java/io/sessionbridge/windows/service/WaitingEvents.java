package io.sessionbridge.windows.service;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps what Windows tells while nobody listens: at most {@value #WAITING} events, the newest being
 * lost beyond that. The lock is held no longer than the listeners take, who return at once.
 */
final class WaitingEvents implements ServiceEvents {

  static final int WAITING = 4096;

  private final Supplier<Optional<String>> trouble;
  private final Runnable renewal;
  private final List<ServiceListener> listeners = new ArrayList<>();
  private final Queue<ServiceEvent> waiting = new ArrayDeque<>();
  private long lost;

  WaitingEvents(Supplier<Optional<String>> trouble, Runnable renewal) {
    this.trouble = trouble;
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
      guarded(listener, to -> to.heard(next));
    }
    listeners.add(listener);
    return () -> remove(listener);
  }

  private synchronized void remove(ServiceListener listener) {
    listeners.remove(listener);
  }

  /** By the thread that Windows calls. */
  synchronized void tell(ServiceEvent event) {
    if (!listeners.isEmpty()) {
      listeners.forEach(listener -> guarded(listener, to -> to.heard(event)));
    } else if (waiting.size() < WAITING) {
      waiting.add(event);
    } else {
      lost++;
    }
  }

  @Override
  public Optional<String> trouble() {
    return trouble.get();
  }

  @Override
  public void renew() {
    renewal.run();
  }

  /** An exception must not reach Windows, which called us, nor keep an event from the others. */
  private static void guarded(ServiceListener listener, Consumer<ServiceListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }
}
