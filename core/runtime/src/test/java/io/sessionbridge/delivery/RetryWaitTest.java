package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.testkit.TestingClock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RetryWaitTest {

  private final TestingClock clock = new TestingClock();
  private final Clock.Signal bell = clock.signal();
  private final RetryWait retry = new RetryWait(new Backoff(new Longest()), clock, bell);
  private volatile boolean cancelled;

  @Test
  void showsTheRemainingWait() throws Exception {
    assertThat(retry.left()).isEqualTo(Duration.ZERO);
    CompletableFuture<Void> waiting = begin();
    assertThat(retry.left()).isEqualTo(Duration.ofMillis(500));
    assertThat(retry.failures()).isEqualTo(1);
    clock.advance(Duration.ofMillis(200));
    assertThat(retry.left()).isEqualTo(Duration.ofMillis(300));
    clock.advance(Duration.ofMillis(300));
    waiting.get(10, TimeUnit.SECONDS);
    assertThat(retry.left()).isEqualTo(Duration.ZERO);
  }

  @Test
  void continuesThroughNewEventsAndEndsWhenCancelled() throws Exception {
    CompletableFuture<Void> waiting = begin();
    bell.raise();
    clock.awaitWaiting(1);
    assertThat(waiting).isNotDone();
    cancelled = true;
    bell.raise();
    waiting.get(10, TimeUnit.SECONDS);
  }

  @Test
  void growsUntilASuccess() throws Exception {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Void> waiting = begin();
      assertThat(retry.left()).isEqualTo(Duration.ofMillis(500L << i));
      clock.advance(Duration.ofSeconds(60));
      waiting.get(10, TimeUnit.SECONDS);
    }
    assertThat(retry.failures()).isEqualTo(3);
    retry.reset();
    assertThat(retry.failures()).isZero();
    CompletableFuture<Void> waiting = begin();
    assertThat(retry.left()).isEqualTo(Duration.ofMillis(500));
    clock.advance(Duration.ofSeconds(60));
    waiting.get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<Void> begin() throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                retry.afterFailure(RetryWait.NO_BOUND, () -> cancelled);
                done.complete(null);
              } catch (InterruptedException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    clock.awaitWaiting(1);
    return done;
  }

  /** Jitter that always returns the bound. */
  private static final class Longest extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }
}
