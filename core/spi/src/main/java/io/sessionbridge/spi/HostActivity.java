package io.sessionbridge.spi;

import java.time.Instant;
import java.util.Locale;

/**
 * Whether the host is in use.
 *
 * @param state as of the last {@code host_idle} or {@code host_active}
 * @param since when the state began, by the wall clock
 * @param basis the current evidence, one of the constants; it may change while the state stays
 */
@Evolving
public record HostActivity(State state, Instant since, String basis) {

  /** Whether a host is in use. */
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

  /** Windows reports whether users are present. */
  public static final String PRESENCE = "presence";

  /** A program keeps the display on. */
  public static final String DISPLAY_REQUEST = "display_request";

  /** Every user's session is locked, disconnected or shows a screen saver. */
  public static final String LOCKED = "locked";

  /** No user is logged on. */
  public static final String NOBODY = "nobody";

  /** Unknown. */
  public static final String UNKNOWN = "unknown";
}
