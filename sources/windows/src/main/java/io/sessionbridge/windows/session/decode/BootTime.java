package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.util.Optional;

/**
 * The start time of the kernel, which identifies a boot.
 *
 * <p>{@code SYSTEM_TIMEOFDAY_INFORMATION}: BootTime 0, CurrentTime 8, TimeZoneBias 16, TimeZoneId
 * 24, BootTimeBias 32, SleepTimeBias 40. When the clock is set, Windows moves BootTime and adds the
 * difference to BootTimeBias. The difference of the two is constant while the kernel runs.
 *
 * <p>A user's boot may not be one. After a shutdown with fast startup, Windows resumes the
 * hibernated kernel and services: logon ids and the uptime continue, and so does this value. A
 * restart always creates a new one.
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
