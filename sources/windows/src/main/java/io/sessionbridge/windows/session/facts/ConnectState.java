package io.sessionbridge.windows.session.facts;

import java.util.Locale;
import java.util.Optional;

/** What a session's station does: {@code WTS_CONNECTSTATE_CLASS}, in its order. */
public enum ConnectState {
  /** Somebody is logged on and connected. */
  ACTIVE,
  /** Connected, but nobody is logged on. */
  CONNECTED,
  CONNECT_QUERY,
  /** It watches another session. */
  SHADOW,
  /** Somebody is logged on, but not connected. */
  DISCONNECTED,
  IDLE,
  /** Waits for connections; no session of a user. */
  LISTEN,
  RESET,
  DOWN,
  INIT;

  private static final ConnectState[] BY_VALUE = values();

  /** For instance {@code connect_query}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Empty for a number without a name. */
  public static Optional<ConnectState> of(int value) {
    return value < 0 || value >= BY_VALUE.length ? Optional.empty() : Optional.of(BY_VALUE[value]);
  }
}
