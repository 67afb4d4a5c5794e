package io.sessionbridge.sessions.history;

import java.util.Locale;

/** How a second of a user's life counts. The first that applies wins. */
enum Category {
  ASLEEP,
  DISCONNECTED,
  LOCKED,
  SCREENSAVER,
  ACTIVE;

  /** The total at the end of a life, for instance {@code locked_seconds}. */
  String total() {
    return name().toLowerCase(Locale.ROOT) + "_seconds";
  }

  /** The length of a stretch at its end, for instance {@code last_locked_seconds}. */
  String last() {
    return "last_" + total();
  }
}
