package io.sessionbridge.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does. */
final class Await {

  private static final Duration LONG = Duration.ofSeconds(90);

  private Await() {}

  static void until(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + LONG.toNanos();
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it did not happen within " + LONG.toSeconds() + " s");
      }
      never.await(50, TimeUnit.MILLISECONDS);
    }
  }
}
