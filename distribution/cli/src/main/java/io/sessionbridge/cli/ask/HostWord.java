package io.sessionbridge.cli.ask;

import io.sessionbridge.control.JsonLine;
import java.util.Locale;
import java.util.Optional;

/** The states of a host that a command can wait for. */
enum HostWord {
  IDLE,
  ACTIVE,
  LOCKED,
  NOBODY;

  /**
   * Whether a state of the agent matches.
   *
   * @return empty if it is unknown, or known only from before the agent's start
   */
  Optional<Boolean> isTrue(JsonLine state) {
    return isFromBefore(state) ? Optional.empty() : isOrWasTrue(state);
  }

  /** Whether the agent has not judged the activity since its start. */
  static boolean isFromBefore(JsonLine state) {
    return state.flag("judged").equals(Optional.of(false));
  }

  /** Like {@link #isTrue}, but also accepts a state from before the agent's start. */
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
    return wireName(); // for the usage help
  }
}
