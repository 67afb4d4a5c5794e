package io.sessionbridge.spi;

import java.util.Locale;

/**
 * What a user's session does, as durations count it: one at a time, a later one over an earlier.
 */
@Evolving
public enum LifeState {
  /** Not told. */
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
