package io.sessionbridge.spi;

import java.time.Instant;
import java.util.Locale;

/**
 * Whether somebody is there.
 *
 * @param state as the last {@code host_idle} or {@code host_active} said
 * @param since when that began, by the wall clock
 * @param basis what tells now: one of the constants; it may change while the state stays
 */
@Evolving
public record HostActivity(State state, Instant since, String basis) {

  /** Whether a host is used. */
  public enum State {
    UNKNOWN,
    ACTIVE,
    IDLE;

    /** For instance {@code idle}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A session came into use. */
  public static final String SESSION = "session";

  /** Windows tells whether users are present. */
  public static final String PRESENCE = "presence";

  /** A program keeps the display on. */
  public static final String DISPLAY_REQUEST = "display_request";

  /** Every user's session is locked, disconnected or shows a screen saver. */
  public static final String LOCKED = "locked";

  /** No user is logged on. */
  public static final String NOBODY = "nobody";

  /** It is not known. */
  public static final String UNKNOWN = "unknown";
}
