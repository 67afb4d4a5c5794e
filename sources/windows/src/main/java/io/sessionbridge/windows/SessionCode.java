package io.sessionbridge.windows;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The session change codes that have a name: {@code WTS_*} in {@code winuser.h}. Windows sends
 * others too, and will send more.
 */
public enum SessionCode {
  CONSOLE_CONNECT(0x1),
  CONSOLE_DISCONNECT(0x2),
  REMOTE_CONNECT(0x3),
  REMOTE_DISCONNECT(0x4),
  SESSION_LOGON(0x5),
  SESSION_LOGOFF(0x6),
  SESSION_LOCK(0x7),
  SESSION_UNLOCK(0x8),

  /** Somebody began or ended to watch the session. */
  SESSION_REMOTE_CONTROL(0x9),

  /** Reserved by the documentation of the message; a value in use by [MS-RSMC]. */
  SESSION_CREATE(0xA),

  /** Reserved by the documentation of the message; a value in use by [MS-RSMC]. */
  SESSION_TERMINATE(0xB),

  /** The session switched to the user's desktop; since the Windows 11 24H2 branch. */
  SESSION_DESKTOP_READY(0xF);

  private static final Map<Integer, SessionCode> BY_VALUE =
      Stream.of(values()).collect(toUnmodifiableMap(SessionCode::value, identity()));

  private final int value;

  SessionCode(int value) {
    this.value = value;
  }

  /** The number that Windows sends. */
  public int value() {
    return value;
  }

  /** Empty for a code without a name. */
  public static Optional<SessionCode> of(int value) {
    return Optional.ofNullable(BY_VALUE.get(value));
  }
}
