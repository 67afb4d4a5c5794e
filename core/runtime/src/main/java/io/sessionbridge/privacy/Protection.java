package io.sessionbridge.privacy;

import java.util.Locale;

/** How a sink gets the names of one {@link Subject}. */
public enum Protection {
  /** Unchanged. */
  PLAIN,
  /** As pseudonyms, which still allow events of the same name to be joined. */
  PSEUDONYM,
  /** Removed. */
  NONE;

  /** As in the configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
