package io.sessionbridge.cli.ask;

import io.sessionbridge.windows.SessionCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a session has been without its user: since its lock or disconnect, else since the last
 * input. Pure: takes events with their times, in nanoseconds of one clock.
 */
final class SessionAbsence {

  /** Time of the lock or the disconnect; null while the session is in use. */
  private @Nullable Long left;

  /** Time of the last unlock or connect. */
  private long returned;

  private boolean locked;
  private boolean disconnected;

  /**
   * The initial state of a session.
   *
   * @param since the current time; an earlier lock counts from here
   */
  SessionAbsence(boolean locked, boolean disconnected, long since) {
    this.locked = locked;
    this.disconnected = disconnected;
    this.returned = since - Duration.ofDays(36_500).toNanos();
    this.left = locked || disconnected ? since : null;
  }

  /** Handles a change of the session. */
  void changed(Optional<SessionCode> code, long now) {
    if (code.isEmpty()) {
      return;
    }
    switch (code.get()) {
      case SESSION_LOCK -> locked = true;
      case SESSION_UNLOCK, SESSION_LOGON -> locked = false;
      case CONSOLE_DISCONNECT, REMOTE_DISCONNECT -> disconnected = true;
      case CONSOLE_CONNECT, REMOTE_CONNECT -> disconnected = false;
      default -> {
        return;
      }
    }
    boolean away = locked || disconnected;
    if (away && left == null) {
      left = now;
    } else if (!away && left != null) {
      left = null;
      returned = now;
    }
  }

  /**
   * How long the user has been absent.
   *
   * @param inputAgo how long ago the last input was
   */
  Duration absentFor(Duration inputAgo, long now) {
    Long gone = left;
    long from = gone == null ? Math.max(returned, now - inputAgo.toNanos()) : gone;
    return Duration.ofNanos(Math.max(0, now - from));
  }
}
