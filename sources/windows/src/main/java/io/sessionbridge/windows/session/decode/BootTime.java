package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.util.Optional;

/**
 * When the kernel began, which names a boot.
 *
 * <p>{@code SYSTEM_TIMEOFDAY_INFORMATION}: BootTime 0, CurrentTime 8, TimeZoneBias 16, TimeZoneId
 * 24, BootTimeBias 32, SleepTimeBias 40. Windows moves BootTime when somebody sets the clock, and
 * counts in BootTimeBias by how much: without it the number stays the same as long as the kernel
 * runs.
 *
 * <p>What the user calls a boot may be none. After a shutdown with fast start-up Windows wakes the
 * kernel and the services that it had put to sleep: numbers of logons and the uptime go on, and so
 * does this. A restart always makes a new one.
 */
public final class BootTime {

  public static final int SIZE = 48;

  private BootTime() {}

  /** For instance {@code 01dc5a12f0e4c800}: units of 100 ns since 1601 in hexadecimal. */
  public static Optional<String> id(Pointer timeOfDay) {
    long start = timeOfDay.getLong(0) - timeOfDay.getLong(32);
    return timeOfDay.getLong(0) <= 0 ? Optional.empty() : Optional.of("%016x".formatted(start));
  }
}
