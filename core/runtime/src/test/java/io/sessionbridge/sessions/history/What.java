package io.sessionbridge.sessions.history;

import io.sessionbridge.event.Kind;
import java.util.Optional;

/** What can happen to a machine and its sessions. */
enum What {
  CREATE(Kind.SESSION_CREATE, 0xA),
  TERMINATE(Kind.SESSION_TERMINATE, 0xB),
  CONSOLE_CONNECT(Kind.CONSOLE_CONNECT, 1),
  CONSOLE_DISCONNECT(Kind.CONSOLE_DISCONNECT, 2),
  REMOTE_CONNECT(Kind.REMOTE_CONNECT, 3),
  REMOTE_DISCONNECT(Kind.REMOTE_DISCONNECT, 4),
  LOGON(Kind.LOGON, 5),
  LOGOFF(Kind.LOGOFF, 6),
  LOCK(Kind.LOCK, 7),
  UNLOCK(Kind.UNLOCK, 8),
  /** Somebody begins or ends to watch the session. */
  SHADOW(Kind.REMOTE_CONTROL, 9),
  DESKTOP_READY(Kind.DESKTOP_READY, 0xF),
  SHELL(Kind.SHELL_START),
  SAVER_START(Kind.SCREENSAVER_START),
  SAVER_STOP(Kind.SCREENSAVER_STOP),

  /** A window manager, a font driver or a service logs on; no life of a user. */
  PSEUDO_LOGON(Kind.LOGON),
  /** Another user's program is started in a session; the session stays its owner's. */
  RUN_AS(Kind.LOGON),
  /** A report with a session id that no session can have. */
  IMPOSSIBLE(Kind.LOCK, 7),

  SUSPEND(Kind.HOST_SUSPEND),
  RESUME(Kind.HOST_RESUME),
  SHUTDOWN(Kind.HOST_SHUTDOWN),
  CLOCK_STEP(Kind.CLOCK_CHANGE),

  /** The machine is off: after a shutdown, or because the power went. */
  POWER_OFF,
  BOOT,
  AGENT_START,
  AGENT_STOP,
  AGENT_KILL,
  /** The agent compares what exists with what it knows, for whatever reason. */
  COMPARE,
  PRESENT,
  ABSENT,
  FILM_START,
  FILM_END;

  private final Optional<Kind> kind;
  private final int code;

  What() {
    this.kind = Optional.empty();
    this.code = 0;
  }

  What(Kind kind) {
    this(kind, 0);
  }

  What(Kind kind, int code) {
    this.kind = Optional.of(kind);
    this.code = code;
  }

  /** The kind of its report; empty if it has none. */
  Optional<Kind> kind() {
    return kind;
  }

  /** The code with which Windows reports it to windows and services; 0 if it does not. */
  int code() {
    return code;
  }
}
