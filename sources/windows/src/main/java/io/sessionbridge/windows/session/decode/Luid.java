package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.util.Optional;

/** Logon ids, which are unique while the kernel runs. */
public final class Luid {

  /** Offset in {@code TOKEN_STATISTICS}, after the token's own id. */
  private static final int AUTHENTICATION_ID = 8;

  private Luid() {}

  /** The logon of a token; empty for 0, which is not a logon. */
  public static Optional<Long> ofToken(Pointer statistics) {
    long value = statistics.getLong(AUTHENTICATION_ID);
    return value == 0 ? Optional.empty() : Optional.of(value);
  }

  /** As in {@code TargetLogonId} of the Security log, for instance {@code 0x3e7}. */
  public static String text(long luid) {
    return "0x" + Long.toHexString(luid);
  }
}
