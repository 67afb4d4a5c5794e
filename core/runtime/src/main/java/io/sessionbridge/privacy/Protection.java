package io.sessionbridge.privacy;

import java.util.Locale;

/** How a sink gets the names of one {@link Subject}. */
public enum Protection {
  /** As they are. */
  PLAIN,
  /** Each as a pseudonym, by which events of the same name can still be joined. */
  PSEUDONYM,
  /** Not at all. */
  NONE;

  /** As the configuration says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
