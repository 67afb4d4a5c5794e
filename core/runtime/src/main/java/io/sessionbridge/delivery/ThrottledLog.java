package io.sessionbridge.delivery;

import io.sessionbridge.clock.Clock;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Logs a trouble when it begins, when it becomes another one, and every ten minutes while it lasts;
 * and says when it is over. Not safe for use by several threads.
 */
final class ThrottledLog {

  private static final Duration REMIND = Duration.ofMinutes(10);

  private final Logger log;
  private final String who;
  private final Clock clock;
  private String trouble = "";
  private long toldAt;
  private long beganAt;
  private long times;

  ThrottledLog(Logger log, String who, Clock clock) {
    this.log = log;
    this.who = who;
    this.clock = clock;
  }

  void trouble(String message) {
    long now = clock.nanoTime();
    if (trouble.isEmpty()) {
      beganAt = now;
    }
    times++;
    boolean another = !trouble.equals(message);
    trouble = message;
    if (another) {
      log.warn("{}: {}", who, message);
    } else if (now - toldAt >= REMIND.toNanos()) {
      log.warn("{}: {} (for {} s, {} tries)", who, message, seconds(now), times);
    } else {
      return;
    }
    toldAt = now;
  }

  void over() {
    if (!trouble.isEmpty()) {
      log.info("{}: works again after {} s, {} failures", who, seconds(clock.nanoTime()), times);
      trouble = "";
      times = 0;
    }
  }

  private long seconds(long now) {
    return Duration.ofNanos(now - beganAt).toSeconds();
  }
}
