package io.sessionbridge.cli.ask;

import java.util.Locale;

/** What happens to a command when a user returns. */
enum OnReturn {
  /** It is asked to end, and killed after a grace period. */
  STOP,
  /** It is suspended until the host is idle again. */
  SUSPEND,
  /** It continues with the lowest priority. */
  LOWER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT); // for the usage help
  }
}
