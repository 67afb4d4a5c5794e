package io.sessionbridge.fleet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread that carries all {@link WireHost}s of a process: their sockets, timers and tasks.
 * Only {@link #execute} may be called by other threads.
 */
final class WireLoop {

  private static final long LONGEST_SELECT_MILLIS = 200;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong((Timer timer) -> timer.at));
  private final Consumer<Throwable> failed;

  /** Work to do later. */
  static final class Timer {
    private final long at;
    private Runnable work;

    private Timer(long at, Runnable work) {
      this.at = at;
      this.work = work;
    }

    void cancel() {
      work = () -> {};
    }
  }

  /**
   * @param failed receives what ends the loop
   */
  WireLoop(Consumer<Throwable> failed) throws IOException {
    this.selector = Selector.open();
    this.failed = failed;
  }

  void start() {
    Thread thread = new Thread(this::run, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  /** Any thread. */
  void execute(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  Timer after(Duration wait, Runnable work) {
    Timer timer = new Timer(System.nanoTime() + wait.toNanos(), work);
    timers.add(timer);
    return timer;
  }

  Selector selector() {
    return selector;
  }

  /** For reading; its content is good until the next read. */
  ByteBuffer buffer() {
    return buffer.clear();
  }

  private void run() {
    try {
      while (true) {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
        runTimers();
        selector.select(this::ready, untilNext());
      }
    } catch (IOException | RuntimeException | Error e) {
      failed.accept(e);
    }
  }

  private void runTimers() {
    long now = System.nanoTime();
    for (Timer next = timers.peek(); next != null && next.at - now <= 0; next = timers.peek()) {
      timers.remove();
      next.work.run();
    }
  }

  /** At least 1: zero would wait without an end. */
  private long untilNext() {
    Timer next = timers.peek();
    if (next == null) {
      return LONGEST_SELECT_MILLIS;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(next.at - System.nanoTime());
    return Math.max(1, Math.min(LONGEST_SELECT_MILLIS, left));
  }

  private void ready(SelectionKey key) {
    ((WireConnection) key.attachment()).ready();
  }
}
