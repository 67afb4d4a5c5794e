package io.sessionbridge.cli.ask;

import java.util.Locale;

/** What becomes of a command when somebody returns. */
enum OnReturn {
  /** It is asked to end, and killed after a time. */
  STOP,
  /** It stands still until the host is idle again. */
  SUSPEND,
  /** It goes on with the lowest priority. */
  LOWER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT); // as the usage lists it
  }
}
