package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of {@code WTSQuerySessionInformation} with class {@code WTSSessionInfoEx}. Its user
 * and domain names are truncated to 20 and 17 characters, so they are not used.
 */
public record StationInfo(
    long sessionId,
    Optional<ConnectState> state,
    Optional<Boolean> locked,
    String station,
    Optional<Instant> logonTime,
    Optional<Instant> connectTime,
    Optional<Instant> disconnectTime) {

  /**
   * {@code WTSINFOEXW} of level 1.
   *
   * <pre>
   *   0 Level, 1      8 SessionId     12 SessionState   16 SessionFlags
   *  20 WinStationName, 33 chars      86 UserName, 21   128 DomainName, 18
   * 168 LogonTime   176 ConnectTime  184 DisconnectTime 192 LastInputTime 200 CurrentTime
   * 208 six counters                 232 end
   * </pre>
   */
  static final int SIZE = 232;

  private static final int LEVEL_1 = 1;
  private static final int FLAG_LOCKED = 0;
  private static final int FLAG_UNLOCKED = 1;

  /** Empty if it has a different level or is too short. */
  public static Optional<StationInfo> of(Pointer data, long length, WindowsVersion version) {
    if (length < SIZE || data.getInt(0) != LEVEL_1) {
      return Optional.empty();
    }
    return Optional.of(
        new StationInfo(
            Integer.toUnsignedLong(data.getInt(8)),
            ConnectState.of(data.getInt(12)),
            locked(data.getInt(16), version),
            WideText.inField(data, 20, 33),
            WindowsTime.of(data.getLong(168)),
            WindowsTime.of(data.getLong(176)),
            WindowsTime.of(data.getLong(184))));
  }

  private static Optional<Boolean> locked(int flags, WindowsVersion version) {
    return switch (flags) {
      case FLAG_LOCKED -> Optional.of(!version.swapsLockFlags());
      case FLAG_UNLOCKED -> Optional.of(version.swapsLockFlags());
      default -> Optional.empty();
    };
  }
}
