package io.sessionbridge.windows.session;

import io.sessionbridge.windows.SessionCode;
import io.sessionbridge.windows.session.facts.StationFacts;
import java.util.Optional;

/**
 * Whether Windows, asked after a change was reported, is in the state that the change leads to. Any
 * process of the same desktop can post the message of a change; it cannot lock the screen.
 *
 * <p>The answer is about now: of a change that was undone before Windows was asked, it is no.
 */
final class Confirmation {

  private Confirmation() {}

  /**
   * Empty if Windows does not tell, or if the change leads to no state that it tells.
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

  /** To the console or to a remote terminal; a session may have moved from one to the other. */
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
