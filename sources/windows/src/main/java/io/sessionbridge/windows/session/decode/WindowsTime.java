package io.sessionbridge.windows.session.decode;

import java.time.Instant;
import java.util.Optional;

/** Windows time stamps: units of 100 ns since 1601, UTC ({@code FILETIME}). */
public final class WindowsTime {

  private static final long UNITS_PER_SECOND = 10_000_000;
  private static final long SECONDS_FROM_1601_TO_1970 = 11_644_473_600L;

  /** The year 10000, below the values that Windows uses for "never". */
  private static final long TOO_LATE = 2_650_467_744_000_000_000L;

  private WindowsTime() {}

  /** Empty for zero, for "never", and for years beyond 9999. */
  public static Optional<Instant> of(long units) {
    if (units <= 0 || units >= TOO_LATE) {
      return Optional.empty();
    }
    long seconds = units / UNITS_PER_SECOND - SECONDS_FROM_1601_TO_1970;
    long nanos = units % UNITS_PER_SECOND * 100;
    return Optional.of(Instant.ofEpochSecond(seconds, nanos));
  }
}
