package io.sessionbridge.windows.session.facts;

import java.util.Locale;
import java.util.Optional;

/** The state of a session's station: {@code WTS_CONNECTSTATE_CLASS}, in its order. */
public enum ConnectState {
  /** A user is logged on and connected. */
  ACTIVE,
  /** Connected, but no user is logged on. */
  CONNECTED,
  CONNECT_QUERY,
  /** Shadows another session. */
  SHADOW,
  /** A user is logged on, but not connected. */
  DISCONNECTED,
  IDLE,
  /** Listens for connections; not a user session. */
  LISTEN,
  RESET,
  DOWN,
  INIT;

  private static final ConnectState[] BY_VALUE = values();

  /** For instance {@code connect_query}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for an unknown number. */
  public static Optional<ConnectState> of(int value) {
    return value < 0 || value >= BY_VALUE.length ? Optional.empty() : Optional.of(BY_VALUE[value]);
  }
}
