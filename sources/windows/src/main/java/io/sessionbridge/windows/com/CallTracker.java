package io.sessionbridge.windows.com;

import java.util.concurrent.TimeUnit;

/**
 * Tracks calls of Windows in progress. In some versions of the event system an event fails for all
 * subscribers if one unsubscribes during its delivery, so a subscriber waits for a short pause
 * first.
 */
final class CallTracker {

  private int active;
  private long lastNanos = System.nanoTime();

  synchronized void enter() {
    active++;
  }

  synchronized void leave() {
    active--;
    lastNanos = System.nanoTime();
    if (active == 0) {
      notifyAll();
    }
  }

  /**
   * Waits until there was no call for the given time.
   *
   * @return false if there was no such pause
   */
  synchronized boolean await(long quietMillis, long longestMillis) throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      long left = millisLeft(now - begin, longestMillis);
      long untilQuiet = millisLeft(now - lastNanos, quietMillis);
      if (active == 0 && untilQuiet <= 0) {
        return true;
      }
      if (left <= 0) {
        return false;
      }
      wait(active > 0 ? left : Math.min(left, untilQuiet));
    }
  }

  /** Rounded up, so that the wait is not too short. */
  private static long millisLeft(long passedNanos, long millis) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis) - passedNanos;
    return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
  }
}
