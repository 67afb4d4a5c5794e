package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.util.Optional;

/** Numbers of logons, which are unique as long as the kernel runs. */
public final class Luid {

  /** In {@code TOKEN_STATISTICS}, after the token's own. */
  private static final int AUTHENTICATION_ID = 8;

  private Luid() {}

  /** The logon that a token belongs to; empty for 0, which no logon has. */
  public static Optional<Long> ofToken(Pointer statistics) {
    long value = statistics.getLong(AUTHENTICATION_ID);
    return value == 0 ? Optional.empty() : Optional.of(value);
  }

  /** As the security log has it in {@code TargetLogonId}, for instance {@code 0x3e7}. */
  public static String text(long luid) {
    return "0x" + Long.toHexString(luid);
  }
}
