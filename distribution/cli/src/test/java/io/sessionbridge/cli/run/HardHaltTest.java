package io.sessionbridge.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.TestingClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process ends, in order or not. */
@Timeout(30)
class HardHaltTest {

  private final TestingClock clock = new TestingClock();
  private final List<Integer> halts = new CopyOnWriteArrayList<>();
  private final HardHalt halt = new HardHalt(clock, Duration.ofSeconds(10), halts::add);

  @Test
  void haltsWhenTheStopTakesTooLong() throws Exception {
    halt.begin();
    clock.awaitWaiting(1);
    clock.advance(Duration.ofSeconds(9));
    assertThat(halts).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    clock.advanceUntil("it halts", () -> !halts.isEmpty());
    assertThat(halts).containsExactly(70);
  }

  @Test
  void doesNotHaltAfterAnOrderlyStop() throws Exception {
    halt.begin();
    clock.awaitWaiting(1);
    halt.stopped();
    clock.advance(Duration.ofHours(1));
    assertThat(halts).isEmpty();
  }
}
