package io.sessionbridge.windows.com;

import java.util.concurrent.TimeUnit;

/**
 * Knows whether calls of Windows are under way. Some versions of the event system let an event fail
 * for everybody when a subscriber leaves while it is being told, so a subscriber leaves when it has
 * been quiet for a moment.
 */
final class Quiet {

  private int underWay;
  private long lastNanos = System.nanoTime();

  synchronized void enter() {
    underWay++;
  }

  synchronized void leave() {
    underWay--;
    lastNanos = System.nanoTime();
    if (underWay == 0) {
      notifyAll();
    }
  }

  /**
   * Waits until there was no call for a while.
   *
   * @return false if there was no such while
   */
  synchronized boolean await(long quietMillis, long longestMillis) throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      long now = System.nanoTime();
      long left = millisLeft(now - begin, longestMillis);
      long untilQuiet = millisLeft(now - lastNanos, quietMillis);
      if (underWay == 0 && untilQuiet <= 0) {
        return true;
      }
      if (left <= 0) {
        return false;
      }
      wait(underWay > 0 ? left : Math.min(left, untilQuiet));
    }
  }

  /** Rounded up, so that a wait of it is not too short. */
  private static long millisLeft(long passedNanos, long millis) {
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis) - passedNanos;
    return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
  }
}
