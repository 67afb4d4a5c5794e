package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import io.sessionbridge.windows.session.facts.LogonType;
import java.time.Instant;
import java.util.Optional;

/** A logon's data from the local security authority. */
public record LogonData(
    Optional<String> userName,
    Optional<String> domain,
    Optional<String> authPackage,
    Optional<String> type,
    Optional<String> sid,
    Optional<Instant> time,
    Optional<String> server,
    Optional<String> dnsDomain,
    Optional<String> upn) {

  /** Returned for an unknown logon. */
  public static final LogonData NONE =
      new LogonData(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** The structure must have this length to contain every field that is read. */
  private static final int END = 136;

  /**
   * {@code SECURITY_LOGON_SESSION_DATA} of {@code ntsecapi.h}.
   *
   * <pre>
   *  0 Size (ULONG)   4 LogonId (LUID)  16 UserName       32 LogonDomain
   * 48 AuthenticationPackage           64 LogonType      68 Session       72 Sid (address)
   * 80 LogonTime     88 LogonServer   104 DnsDomainName 120 Upn          136 newer fields
   * </pre>
   */
  public static LogonData of(Pointer data) {
    if (Integer.toUnsignedLong(data.getInt(0)) < END) {
      return NONE;
    }
    Pointer sid = data.getPointer(72);
    return new LogonData(
        WideText.counted(data, 16),
        WideText.counted(data, 32),
        WideText.counted(data, 48),
        LogonType.name(data.getInt(64)),
        sid == null ? Optional.empty() : Optional.of(Sid.text(sid)),
        WindowsTime.of(data.getLong(80)),
        WideText.counted(data, 88),
        WideText.counted(data, 104),
        WideText.counted(data, 120));
  }
}
