package io.sessionbridge.windows.service;

import io.sessionbridge.windows.WindowsException;
import java.time.Duration;

/**
 * A thread that reports every two seconds to Windows that the service is still starting or
 * stopping. It ends when that is complete, and after three minutes in any case: a service that
 * takes longer hangs, and Windows must notice.
 */
final class ProgressReporter {

  static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration AT_MOST = Duration.ofMinutes(3);

  private final StatusReporter reporter;
  private final Duration every;
  private boolean ended;

  ProgressReporter(StatusReporter reporter, Duration every) {
    this.reporter = reporter;
    this.every = every;
  }

  /** Starts to report. */
  void start() {
    Thread thread = new Thread(this::run, "service-progress");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      for (long reports = 0; reports < AT_MOST.dividedBy(INTERVAL); reports++) {
        if (isEndedAfter(every) || !reporter.progress()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (WindowsException e) {
      // Windows has given up on the service and no longer accepts reports.
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
