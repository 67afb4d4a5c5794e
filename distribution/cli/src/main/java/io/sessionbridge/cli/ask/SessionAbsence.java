package io.sessionbridge.cli.ask;

import io.sessionbridge.windows.SessionCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Since when nobody has been at one session: since it was locked or disconnected, else since the
 * last input. Pure: it is told what happened and when. Times are nanoseconds of one clock.
 */
final class SessionAbsence {

  /** Of the lock or the disconnect; null while the session is open. */
  private @Nullable Long left;

  /** Of the unlock or the connect: somebody did that. */
  private long returned;

  private boolean locked;
  private boolean disconnected;

  /**
   * A session as it is found.
   *
   * @param since when it was found; a lock before that counts from then on
   */
  SessionAbsence(boolean locked, boolean disconnected, long since) {
    this.locked = locked;
    this.disconnected = disconnected;
    this.returned = since - Duration.ofDays(36_500).toNanos();
    this.left = locked || disconnected ? since : null;
  }

  /** The session changed. */
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
   * How long nobody has been there.
   *
   * @param inputAgo how long ago the last input was
   */
  Duration absentFor(Duration inputAgo, long now) {
    Long gone = left;
    long from = gone == null ? Math.max(returned, now - inputAgo.toNanos()) : gone;
    return Duration.ofNanos(Math.max(0, now - from));
  }
}
