package io.sessionbridge.sessions;

import io.sessionbridge.spi.LifeState;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a session's station. Null is unknown.
 *
 * @param connected whether a console or a client is attached
 * @param locked whether it is locked
 * @param remote whether it is, or was last, used from afar
 * @param screenSaver whether one runs; no report of one means none
 */
record Condition(
    @Nullable Boolean connected,
    @Nullable Boolean locked,
    @Nullable Boolean remote,
    boolean screenSaver) {

  static final Condition UNKNOWN = new Condition(null, null, null, false);

  LifeState state() {
    if (connected == null) {
      return LifeState.UNKNOWN;
    }
    if (!connected) {
      return LifeState.DISCONNECTED;
    }
    if (locked != null && locked) {
      return LifeState.LOCKED;
    }
    if (screenSaver) {
      return LifeState.SCREENSAVER;
    }
    return locked == null ? LifeState.UNKNOWN : LifeState.ACTIVE;
  }

  Condition withConnected(@Nullable Boolean value) {
    return new Condition(value, locked, remote, screenSaver);
  }

  Condition withLocked(@Nullable Boolean value) {
    return new Condition(connected, value, remote, screenSaver);
  }

  Condition withRemote(@Nullable Boolean value) {
    return new Condition(connected, locked, value, screenSaver);
  }

  Condition withScreenSaver(boolean value) {
    return new Condition(connected, locked, remote, value);
  }

  void encode(StateWriter out) {
    out.ternary(connected);
    out.ternary(locked);
    out.ternary(remote);
    out.flag(screenSaver);
  }

  static Condition decode(StateReader in) throws StateFormatException {
    return new Condition(in.ternary(), in.ternary(), in.ternary(), in.flag());
  }
}
