package io.sessionbridge.journal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.sessionbridge.journal.ForceLatency;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ForceTimesTest {

  private final ForceTimes times = new ForceTimes();

  @Test
  void countsEachTimeAtTheFirstBoundThatItDoesNotExceed() {
    times.add(0);
    times.add(TimeUnit.MICROSECONDS.toNanos(100));
    times.add(TimeUnit.MICROSECONDS.toNanos(100) + 1);
    times.add(TimeUnit.SECONDS.toNanos(5));
    times.add(TimeUnit.SECONDS.toNanos(60));
    ForceLatency latency = times.soFar();
    assertThat(latency.upperBounds()).startsWith(0.0001, 0.00025).endsWith(5.0).hasSize(15);
    assertThat(latency.counts())
        .isEqualTo(List.of(2L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L));
    assertThat(latency.seconds()).isCloseTo(65.0002, offset(1e-6));
  }
}
