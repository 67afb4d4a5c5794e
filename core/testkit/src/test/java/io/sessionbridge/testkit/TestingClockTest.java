package io.sessionbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TestingClockTest {

  private final TestingClock clock = new TestingClock();
  private final Clock.Signal signal = clock.signal();

  /** Waits on another thread, like code under test. */
  private CompletableFuture<Boolean> waitFor(Duration timeout) {
    CompletableFuture<Boolean> rung = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                rung.complete(signal.await(timeout));
              } catch (InterruptedException e) {
                rung.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return rung;
  }

  @Test
  void wakesUpExactlyAtTheDeadline() throws Exception {
    CompletableFuture<Boolean> rung = waitFor(Duration.ofSeconds(10));
    clock.awaitWaiting(1);
    clock.advance(Duration.ofSeconds(9));
    assertThat(rung).isNotDone();
    clock.advance(Duration.ofSeconds(1));
    assertThat(rung.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void wakesUpWhenTheSignalIsRaised() throws Exception {
    CompletableFuture<Boolean> rung = waitFor(Duration.ofDays(1));
    clock.awaitWaiting(1);
    signal.raise();
    assertThat(rung.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void staysRaisedUntilTheNextWait() throws Exception {
    signal.raise();
    signal.raise();
    assertThat(signal.await(Duration.ofDays(1))).isTrue();
    assertThat(signal.await(Duration.ZERO)).isFalse();
  }

  @Test
  void doesNotCountThreadsWhoseWaitIsOver() throws Exception {
    CompletableFuture<Boolean> first = waitFor(Duration.ofSeconds(1));
    clock.awaitWaiting(1);
    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<Boolean> second = waitFor(Duration.ofSeconds(1));
    clock.awaitWaiting(1); // the second, though the first may not have left its wait yet
    clock.advance(Duration.ofSeconds(1));
    assertThat(first.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(second.get(10, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void movesBothClocksButJumpsOnlyOne() {
    long nanos = clock.nanoTime();
    Instant time = clock.now();
    clock.advance(Duration.ofMillis(5));
    assertThat(clock.now()).isEqualTo(time.plusMillis(5));
    assertThat(clock.nanoTime() - nanos).isEqualTo(5_000_000);
    clock.jump(Instant.EPOCH);
    assertThat(clock.now()).isEqualTo(Instant.EPOCH);
    assertThat(clock.nanoTime() - nanos).isEqualTo(5_000_000);
  }
}
