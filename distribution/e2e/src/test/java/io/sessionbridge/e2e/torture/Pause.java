package io.sessionbridge.e2e.torture;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass: a fault lasts for a while, and the load goes on meanwhile. */
final class Pause {

  private static final CountDownLatch NEVER = new CountDownLatch(1);

  private Pause() {}

  static void of(Duration time) throws InterruptedException {
    boolean never = NEVER.await(time.toMillis(), TimeUnit.MILLISECONDS);
    if (never) {
      throw new IllegalStateException("nobody counts this latch down");
    }
  }
}
