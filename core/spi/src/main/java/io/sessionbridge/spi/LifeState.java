package io.sessionbridge.spi;

import java.util.Locale;

/**
 * The state of a user's session, as durations count it. If several apply, the last of these
 * constants counts.
 */
@Evolving
public enum LifeState {
  /** Not reported. */
  UNKNOWN,
  /** In use. */
  ACTIVE,
  SCREENSAVER,
  LOCKED,
  DISCONNECTED;

  /** For instance {@code active}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
