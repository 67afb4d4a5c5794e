package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.StationFacts;
import java.util.Optional;

/**
 * Whether Windows, queried after a reported change, is in the state that the change leads to. Any
 * process on the same desktop can post a change message, but it cannot lock the screen.
 *
 * <p>The result describes the current state: it is false for a change that was undone before the
 * query.
 */
final class Confirmation {

  private Confirmation() {}

  /**
   * Empty if Windows does not report the state, or if the change leads to no state that it reports.
   *
   * @param exists whether Windows lists the session
   */
  static Optional<Boolean> of(SessionCode change, StationFacts now, Optional<Boolean> exists) {
    boolean gone = exists.equals(Optional.of(false));
    return switch (change) {
      case SESSION_CREATE -> exists;
      case SESSION_TERMINATE -> not(exists);
      case SESSION_LOGON, SESSION_DESKTOP_READY -> gone ? exists : now.loggedOn();
      case SESSION_LOGOFF -> gone ? not(exists) : not(now.loggedOn());
      case SESSION_LOCK -> gone ? exists : now.locked();
      case SESSION_UNLOCK -> gone ? exists : not(now.locked());
      case CONSOLE_CONNECT -> gone ? exists : connected(now, false);
      case REMOTE_CONNECT -> gone ? exists : connected(now, true);
      case CONSOLE_DISCONNECT -> gone ? not(exists) : not(connected(now, false));
      case REMOTE_DISCONNECT -> gone ? not(exists) : not(connected(now, true));
      case SESSION_REMOTE_CONTROL -> Optional.empty();
    };
  }

  /** Whether it is connected to the console or remotely; a session may have moved between them. */
  private static Optional<Boolean> connected(StationFacts now, boolean remotely) {
    if (now.state().isEmpty()) {
      return Optional.empty();
    }
    boolean connected =
        switch (now.state().get()) {
          case ACTIVE, CONNECTED, CONNECT_QUERY, SHADOW -> true;
          case DISCONNECTED, IDLE, LISTEN, RESET, DOWN, INIT -> false;
        };
    return connected ? now.remote().map(remote -> remote == remotely) : Optional.of(false);
  }

  private static Optional<Boolean> not(Optional<Boolean> value) {
    return value.map(it -> !it);
  }
}
