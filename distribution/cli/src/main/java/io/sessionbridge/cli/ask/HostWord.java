package io.sessionbridge.cli.ask;

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
   * @return empty if it does not know, also if it knows only how it was before its start
   */
  Optional<Boolean> isTrue(JsonLine state) {
    return isFromBefore(state) ? Optional.empty() : isOrWasTrue(state);
  }

  /** Whether the agent has not judged the activity since its start. */
  static boolean isFromBefore(JsonLine state) {
    return state.flag("judged").equals(Optional.of(false));
  }

  /** As {@link #isTrue}, and what was true before the agent's start counts too. */
  Optional<Boolean> isOrWasTrue(JsonLine state) {
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
