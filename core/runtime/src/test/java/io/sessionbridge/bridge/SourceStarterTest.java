package io.sessionbridge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.spi.Source;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingSourceContext;
import io.sessionbridge.testkit.TestingSourceFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The waits between the starts of a source. */
@Timeout(30)
class SourceStarterTest {

  private final TestingClock clock = new TestingClock();
  private final AtomicInteger made = new AtomicInteger();
  private final TestingSourceFactory factory = new TestingSourceFactory();
  private final SourceSlot slot = new SourceSlot("src", this::make);

  private Source make() {
    made.incrementAndGet();
    return factory.create(
        new TestingSourceContext(clock, Path.of(".")), new TestingSourceFactory.Config());
  }

  @Test
  void theWaitDoublesFromASecondToAMinute() throws Exception {
    factory.failStart("src", "not yet");
    try (SourceStarter starter = new SourceStarter(clock, new SplittableRandom(1))) {
      starter.start(slot);
      assertThat(made).hasValue(1);
      List<Duration> waits = new ArrayList<>();
      for (int attempt = 2; attempt <= 9; attempt++) {
        waits.add(nextAttempt(attempt));
      }
      long least = 1000;
      for (Duration wait : waits) {
        assertThat(wait.toMillis()).isBetween(least, 2 * least);
        least = Math.min(2 * least, 30_000);
      }
      factory.allowStart("src");
      nextAttempt(10);
      assertThat(slot.check().isUp()).isTrue();
      clock.advance(Duration.ofHours(1));
      assertThat(made).hasValue(10);
    }
    slot.close();
  }

  /** Moves the time until the attempt, and returns how far. */
  private Duration nextAttempt(int attempt) throws InterruptedException {
    clock.awaitWaiting(1);
    long before = clock.nanoTime();
    clock.advanceUntil("attempt " + attempt, () -> made.get() == attempt);
    return Duration.ofNanos(clock.nanoTime() - before);
  }

  @Test
  void isNotStartedAfterTheClose() throws Exception {
    factory.failStart("src", "not yet");
    SourceStarter starter = new SourceStarter(clock, new SplittableRandom(1));
    starter.start(slot);
    starter.close();
    slot.close();
    clock.advance(Duration.ofHours(1));
    assertThat(slot.start()).isTrue();
    assertThat(made).hasValue(1);
  }
}
