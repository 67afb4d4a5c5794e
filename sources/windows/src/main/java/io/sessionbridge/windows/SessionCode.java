package io.sessionbridge.windows;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The named session change codes: {@code WTS_*} in {@code winuser.h}. Windows also sends others,
 * and may add more.
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

  /** Remote control (shadowing) of the session started or ended. */
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

  /** Empty for an unknown code. */
  public static Optional<SessionCode> of(int value) {
    return Optional.ofNullable(BY_VALUE.get(value));
  }
}
