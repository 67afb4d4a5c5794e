package io.sessionbridge.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FleetClockTest {

  private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
  private static final Duration END = Duration.ofDays(1);

  /** While agents drain, it would otherwise run days ahead of the broker's clock. */
  @Test
  void itStopsAtTheEnd() {
    FleetClock clock = new FleetClock(MIDNIGHT, Duration.ofHours(23), END, 1e15);
    assertThat(clock.now()).isEqualTo(MIDNIGHT.plus(Duration.ofHours(23)));
    clock.go();
    assertThat(clock.now()).isEqualTo(MIDNIGHT.plus(END));
    assertThat(clock.until(END)).isZero();
  }
}
