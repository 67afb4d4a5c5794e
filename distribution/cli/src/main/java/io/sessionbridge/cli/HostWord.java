package io.sessionbridge.cli;

import io.sessionbridge.control.JsonLine;
import java.util.Locale;
import java.util.Optional;

/** What a host can be waited for to do. */
enum HostWord {
  IDLE,
  ACTIVE,
  LOCKED,
  NOBODY;

  /**
   * Whether a state of the agent says so.
   *
   * @return empty if it does not know
   */
  Optional<Boolean> isTrue(JsonLine state) {
    if (this == LOCKED || this == NOBODY) {
      return state.flag(wireName());
    }
    return state
        .text("activity")
        .filter(word -> word.equals("idle") || word.equals("active"))
        .map(word -> word.equals(wireName()));
  }

  /** For instance {@code idle}. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return wireName(); // as the usage lists it
  }
}
