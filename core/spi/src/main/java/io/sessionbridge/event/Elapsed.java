package io.sessionbridge.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The duration of what an event ends, in readable form. */
public final class Elapsed {

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Elapsed() {}

  /**
   * The duration of what the event ends: for an unlock, how long the session was locked; for a
   * logoff, how long the user was logged on.
   *
   * @return in seconds; empty if the event ends nothing or the duration is unknown
   */
  public static Optional<Long> seconds(EventData data) {
    Field<Long> field = fieldOf(data);
    return field == null ? Optional.empty() : data.find(field).filter(seconds -> seconds >= 0);
  }

  private static @Nullable Field<Long> fieldOf(EventData data) {
    return switch (data.kind()) {
      case LOGOFF, SESSION_TERMINATE -> Field.SESSION_SECONDS;
      case LOCK, SCREENSAVER_START, CONSOLE_DISCONNECT, REMOTE_DISCONNECT ->
          Field.LAST_ACTIVE_SECONDS;
      case UNLOCK -> Field.LAST_LOCKED_SECONDS;
      case CONSOLE_CONNECT, REMOTE_CONNECT -> Field.LAST_DISCONNECTED_SECONDS;
      case SCREENSAVER_STOP -> Field.LAST_SCREENSAVER_SECONDS;
      case HOST_IDLE -> Field.LAST_HOST_ACTIVE_SECONDS;
      case HOST_ACTIVE ->
          data.has(Field.LAST_HOST_ACTIVE_SECONDS)
              ? Field.LAST_HOST_ACTIVE_SECONDS
              : Field.LAST_HOST_IDLE_SECONDS;
      default -> null;
    };
  }

  /**
   * In the two largest units, rounded down: {@code 45 s}, {@code 40 min}, {@code 2 h 5 min}, {@code
   * 3 d 4 h}.
   */
  public static String text(long seconds) {
    if (seconds < MINUTE) {
      return seconds + " s";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " min";
    }
    return seconds < DAY
        ? twoUnits(seconds / HOUR, " h", seconds % HOUR / MINUTE, " min")
        : twoUnits(seconds / DAY, " d", seconds % DAY / HOUR, " h");
  }

  private static String twoUnits(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
  }
}
