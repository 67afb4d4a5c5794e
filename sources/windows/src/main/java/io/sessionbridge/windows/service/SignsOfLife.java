package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import java.time.Duration;

/**
 * A thread that tells Windows every two seconds that the service still starts or stops. It ends
 * when that is done, and after three minutes in any case: what takes longer hangs, and Windows
 * shall see it.
 */
final class SignsOfLife {

  static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final StatusReporter reporter;
  private final Duration every;
  private boolean ended;

  SignsOfLife(StatusReporter reporter, Duration every) {
    this.reporter = reporter;
    this.every = every;
  }

  /** Begins to tell, until there is nothing to wait for. */
  void start() {
    Thread thread = new Thread(this::run, "service-signs-of-life");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (long told = 0; told < AT_MOST.dividedBy(EVERY); told++) {
        if (isEndedAfter(every) || !reporter.progress()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (WindowsException e) {
      // Windows does not want to hear it: it has given the service up.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  private synchronized boolean isEndedAfter(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); !ended && left > 0; left = end - System.nanoTime()) {
      wait(left / 1_000_000 + 1);
    }
    return ended;
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }
}
