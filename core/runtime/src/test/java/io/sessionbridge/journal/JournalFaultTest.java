package io.sessionbridge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The disk fails one or several consecutive operations, at each operation of many random runs. */
class JournalFaultTest {

  private static final long SEEDS =
      Math.max(10, Long.getLong("sessionbridge.journal.seeds", 100) / 4);

  @Test
  void losesNothingAcknowledgedIfAnyOperationFails() {
    AtomicLong faults = new AtomicLong();
    List<String> violations =
        LongStream.range(0, SEEDS)
            .parallel()
            .mapToObj(seed -> failEverywhere(seed, faults))
            .flatMap(List::stream)
            .limit(20)
            .toList();
    System.out.printf("journal faults: %d seeds, %d faults%n", SEEDS, faults.get());
    assertThat(violations).isEmpty();
    assertThat(faults.get()).isGreaterThan(SEEDS * 300);
  }

  private static List<String> failEverywhere(long seed, AtomicLong faults) {
    List<String> violations = new ArrayList<>();
    for (long length : new long[] {1, 2, 3, 7}) {
      boolean reached = true;
      for (long at = 0; reached && violations.isEmpty(); at++) {
        FaultRun run = new FaultRun(seed);
        long before = run.disk().operations();
        try {
          run.live(at, length, length % 2 == 0 ? "No space left on device" : "Input/output error");
        } catch (Exception e) {
          violations.add(
              "seed " + seed + ", " + length + " faults from operation " + at + ": " + e);
        }
        faults.incrementAndGet();
        reached = run.disk().operations() - before > at;
      }
    }
    return violations;
  }
}
