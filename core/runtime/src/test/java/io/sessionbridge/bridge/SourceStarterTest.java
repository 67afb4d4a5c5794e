package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.health.Health;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceException;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Retries of a source's start and the delays between them. */
@Timeout(30)
class SourceStarterTest {

  private final TestingClock clock = new TestingClock();
  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final SourceSlot slot = new SourceSlot("src", unused -> new Refusing());
  private final SourceStarter starter =
      new SourceStarter(clock, new SplittableRandom(1), new Supervisor());
  private volatile boolean refuses = true;
  private volatile boolean breaksAtOnce;

  /** A source without threads. */
  private final class Refusing implements Source {

    @Override
    public void start() throws SourceException {
      starts.incrementAndGet();
      if (refuses) {
        throw new SourceException("not yet");
      }
      if (breaksAtOnce) {
        breaksAtOnce = false;
        starter.threadEnded(slot, new IllegalStateException("before start has returned"));
      }
    }

    @Override
    public Health check() {
      return Health.up();
    }

    @Override
    public void close() {
      closes.incrementAndGet();
    }
  }

  @Test
  void theDelayDoublesFromASecondToAMinute() throws Exception {
    starter.start(slot);
    long least = 1000;
    for (int attempt = 2; attempt <= 9; attempt++) {
      assertThat(waitBefore(attempt)).isBetween(least, 2 * least);
      least = Math.min(2 * least, 30_000);
    }
    refuses = false;
    waitBefore(10);
    clock.awaitWaiting(1);
    assertThat(slot.check()).isEqualTo(Health.up());
    clock.advance(Duration.ofHours(1));
    starter.close();
    assertThat(starts).hasValue(10);
    assertThat(closes).hasValue(9); // each failed one, but not the running one
    slot.close();
    assertThat(closes).hasValue(10);
  }

  /** Advances the time until the attempt; returns the milliseconds. */
  private long waitBefore(int attempt) throws InterruptedException {
    clock.awaitWaiting(1);
    long before = clock.nanoTime();
    clock.advanceUntil("attempt " + attempt, () -> starts.get() == attempt);
    return Duration.ofNanos(clock.nanoTime() - before).toMillis();
  }

  @Test
  void isRecreatedWhenADefectEndsItsThread() throws Exception {
    refuses = false;
    starter.start(slot);
    starter.threadEnded(slot, new NoClassDefFoundError("x"));
    assertThat(slot.check())
        .isEqualTo(
            Health.down(
                "its thread was stopped by an unexpected error (a defect in SessionBridge);"
                    + " the source is being recreated:"
                    + " java.lang.NoClassDefFoundError"));
    waitBefore(2);
    clock.awaitWaiting(1);
    assertThat(slot.check()).isEqualTo(Health.up());
    assertThat(closes).hasValue(1);
    starter.close();
    slot.close();
    assertThat(closes).hasValue(2);
  }

  @Test
  void reportsWhyTheLatestAttemptFailed() throws Exception {
    refuses = false;
    starter.start(slot);
    refuses = true;
    starter.threadEnded(slot, new NoClassDefFoundError("x"));
    waitBefore(2);
    clock.awaitWaiting(1);
    assertThat(slot.check()).isEqualTo(Health.degraded("cannot start; retrying: not yet"));
    refuses = false;
    waitBefore(3);
    clock.awaitWaiting(1);
    assertThat(slot.check()).isEqualTo(Health.up());
    starter.close();
    slot.close();
    assertThat(closes).hasValue(3);
  }

  @Test
  void isRecreatedWhenItsThreadEndsBeforeItsStart() throws Exception {
    refuses = false;
    breaksAtOnce = true;
    starter.start(slot);
    assertThat(slot.check().isUp()).isFalse();
    waitBefore(2);
    clock.awaitWaiting(1);
    assertThat(slot.check()).isEqualTo(Health.up());
    starter.close();
    slot.close();
    assertThat(closes).hasValue(2);
  }

  @Test
  void isNotStartedAfterClose() {
    starter.start(slot);
    starter.close();
    slot.close();
    clock.advance(Duration.ofHours(1));
    assertThat(slot.start()).isTrue();
    assertThat(starts).hasValue(1);
  }
}
