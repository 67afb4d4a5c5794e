package io.sessionbridge.sessions.state;

import io.sessionbridge.sessions.StateFormatException;
import io.sessionbridge.spi.LifeState;
import org.jspecify.annotations.Nullable;

/**
 * The known state of a session's station. Null means unknown.
 *
 * @param connected whether a console or a client is attached
 * @param locked whether it is locked
 * @param remote whether it is, or was last, connected remotely
 * @param screenSaver whether one is running; without a report none is
 */
public record Condition(
    @Nullable Boolean connected,
    @Nullable Boolean locked,
    @Nullable Boolean remote,
    boolean screenSaver) {

  public static final Condition UNKNOWN = new Condition(null, null, null, false);

  public LifeState state() {
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

  public Condition withConnected(@Nullable Boolean value) {
    return new Condition(value, locked, remote, screenSaver);
  }

  public Condition withLocked(@Nullable Boolean value) {
    return new Condition(connected, value, remote, screenSaver);
  }

  Condition withRemote(@Nullable Boolean value) {
    return new Condition(connected, locked, value, screenSaver);
  }

  public Condition withScreenSaver(boolean value) {
    return new Condition(connected, locked, remote, value);
  }

  public void encode(StateWriter out) {
    out.ternary(connected);
    out.ternary(locked);
    out.ternary(remote);
    out.flag(screenSaver);
  }

  public static Condition decode(StateReader in) throws StateFormatException {
    return new Condition(in.ternary(), in.ternary(), in.ternary(), in.flag());
  }
}
