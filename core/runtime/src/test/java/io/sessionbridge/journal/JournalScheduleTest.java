package io.sessionbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** All guarantees of the journal, in random schedules of concurrent actions. */
class JournalScheduleTest {

  /** {@code -Dsessionbridge.journal.schedules=10000} for a night. */
  private static final long SCHEDULES = Long.getLong("sessionbridge.journal.schedules", 300);

  /**
   * To repeat one schedule: its seed; {@code sessionbridge.journal.trace=true} prints its steps.
   */
  private static final long FIRST = Long.getLong("sessionbridge.journal.schedule", 0);

  @Test
  void deliversEverythingAcknowledgedOrReportsItAsLost() {
    Optional<String> violation =
        LongStream.range(FIRST, FIRST + SCHEDULES)
            .parallel()
            .mapToObj(JournalScheduleTest::run)
            .flatMap(Optional::stream)
            .findAny();
    assertThat(violation).isEmpty();
  }

  private static Optional<String> run(long seed) {
    try {
      new ScheduledRun(seed).run();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of("schedule " + seed + ": " + e);
    }
  }
}
