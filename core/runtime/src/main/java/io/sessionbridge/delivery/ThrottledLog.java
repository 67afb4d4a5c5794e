package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Logs a failure when it begins or changes, every ten minutes while it lasts, and when it ends. Not
 * thread-safe.
 */
final class ThrottledLog {

  private static final Duration REMIND = Duration.ofMinutes(10);

  private final Logger log;
  private final String who;
  private final Clock clock;
  private String failure = "";
  private long loggedAt;
  private long beganAt;
  private long times;

  ThrottledLog(Logger log, String who, Clock clock) {
    this.log = log;
    this.who = who;
    this.clock = clock;
  }

  void failed(String message) {
    long now = clock.nanoTime();
    if (failure.isEmpty()) {
      beganAt = now;
    }
    times++;
    boolean changed = !failure.equals(message);
    failure = message;
    if (changed) {
      log.warn("{}: {}", who, message);
    } else if (now - loggedAt >= REMIND.toNanos()) {
      log.warn("{}: {} (for {} s, {} attempts)", who, message, seconds(now), times);
    } else {
      return;
    }
    loggedAt = now;
  }

  void recovered() {
    if (!failure.isEmpty()) {
      log.info("{}: recovered after {} s, {} failures", who, seconds(clock.nanoTime()), times);
      failure = "";
      times = 0;
    }
  }

  private long seconds(long now) {
    return Duration.ofNanos(now - beganAt).toSeconds();
  }
}
