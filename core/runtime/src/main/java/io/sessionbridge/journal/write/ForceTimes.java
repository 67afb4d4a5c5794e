package io.sessionbridge.journal.write;

import io.sessionbridge.journal.ForceLatency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.LongStream;

/** Histogram of force times. Thread-safe; never blocks. */
public final class ForceTimes {

  /** From an SSD with a protected cache (0.1 ms) to a failing disk (5 s). */
  private static final long[] BOUNDS_MICROS = {
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
    1_000_000, 2_500_000, 5_000_000
  };

  private static final double NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_MICROS.length + 1);
  private final AtomicLong sumNanos = new AtomicLong();

  void add(long nanos) {
    int bound = 0;
    while (bound < BOUNDS_MICROS.length
        && nanos > TimeUnit.MICROSECONDS.toNanos(BOUNDS_MICROS[bound])) {
      bound++;
    }
    sumNanos.addAndGet(nanos);
    counts.incrementAndGet(bound);
  }

  public ForceLatency soFar() {
    List<Long> sofar = new ArrayList<>();
    for (int i = 0; i < counts.length(); i++) {
      sofar.add(counts.get(i));
    }
    List<Double> bounds = LongStream.of(BOUNDS_MICROS).mapToObj(micros -> micros / 1e6).toList();
    return new ForceLatency(bounds, sofar, sumNanos.get() / NANOS_PER_SECOND);
  }
}
