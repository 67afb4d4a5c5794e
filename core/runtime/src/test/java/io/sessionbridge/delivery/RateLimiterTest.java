package io.sessionbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

  private final TestingClock clock = new TestingClock();
  private final RateLimiter limiter = new RateLimiter(Optional.of(10L), clock);

  @Test
  void allowsEverythingWithoutALimit() {
    RateLimiter none = new RateLimiter(Optional.empty(), clock);
    none.sent(1_000_000);
    assertThat(none.allowed(5_000)).isEqualTo(5_000);
    assertThat(none.untilNext()).isEqualTo(Duration.ZERO);
  }

  @Test
  void allowsTheFirstSecondsEventsAtOnce() {
    assertThat(limiter.allowed(3)).isEqualTo(3);
    assertThat(limiter.allowed(11)).isEqualTo(10);
  }

  @Test
  void fillsEvenly() {
    limiter.sent(10);
    assertThat(limiter.allowed(100)).isZero();
    clock.advance(Duration.ofMillis(99));
    assertThat(limiter.allowed(100)).isZero();
    clock.advance(Duration.ofMillis(2));
    assertThat(limiter.allowed(100)).isEqualTo(1);
    clock.advance(Duration.ofMillis(250));
    assertThat(limiter.allowed(100)).isEqualTo(3);
  }

  @Test
  void accumulatesAtMostOneSecond() {
    clock.advance(Duration.ofHours(1));
    assertThat(limiter.allowed(100)).isEqualTo(10);
  }

  /** A poison test sends a control and the suspect although only one event was allowed. */
  @Test
  void compensatesForEventsBeyondTheLimit() {
    limiter.sent(15);
    clock.advance(Duration.ofMillis(590));
    assertThat(limiter.allowed(100)).isZero();
    clock.advance(Duration.ofMillis(20));
    assertThat(limiter.allowed(100)).isEqualTo(1);
  }

  @Test
  void returnsTheTimeUntilTheNextEvent() {
    limiter.sent(10);
    assertThat(limiter.allowed(1)).isZero();
    Duration wait = limiter.untilNext();
    clock.advance(wait.minusMillis(1));
    assertThat(limiter.allowed(1)).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(limiter.allowed(1)).isEqualTo(1);
    assertThat(limiter.untilNext()).isLessThanOrEqualTo(Duration.ofNanos(1));
  }
}
