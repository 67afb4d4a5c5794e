package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Limits a sink to a number of events per second, with a token bucket that holds the tokens of one
 * second. Not thread-safe.
 */
final class RateLimiter {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Optional<Long> perSecond;
  private final Clock clock;
  private double tokens;
  private long filledAt;

  RateLimiter(Optional<Long> perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.tokens = perSecond.orElse(0L);
    this.filledAt = clock.nanoTime();
  }

  /** How many events may be sent now; the wanted number if there is no limit. */
  int allowed(int wanted) {
    if (perSecond.isEmpty()) {
      return wanted;
    }
    long now = clock.nanoTime();
    double more = (double) (now - filledAt) / SECOND * perSecond.get();
    tokens = Math.min(perSecond.get(), tokens + more);
    filledAt = now;
    return (int) Math.min(wanted, tokens);
  }

  /** Records that events were sent. */
  void sent(int events) {
    tokens -= events;
  }

  /** The time until at least one event may be sent. */
  Duration untilNext() {
    double missing = Math.max(0, 1 - tokens);
    return perSecond
        .map(rate -> Duration.ofNanos((long) Math.ceil(missing / rate * SECOND) + 1))
        .orElse(Duration.ZERO);
  }
}
