package io.sessionbridge.event;

/**
 * How much an event matters. It depends on the kind alone, and every format and sink tells the
 * same: each scale that is in use has its column here.
 */
public enum Severity {
  /** What happens all day. */
  INFORMATIONAL(6, 1, 1),
  /** Who comes and goes. */
  NOTICE(5, 3, 1),
  /** Somebody looks at the session of another. */
  CAUTION(5, 5, 2),
  /** Something is missing. */
  WARNING(4, 6, 3);

  private final int syslog;
  private final int upToTen;
  private final int ocsf;

  Severity(int syslog, int upToTen, int ocsf) {
    this.syslog = syslog;
    this.upToTen = upToTen;
    this.ocsf = ocsf;
  }

  static Severity of(Kind kind) {
    return switch (kind) {
      case GAP -> WARNING;
      case REMOTE_CONTROL -> CAUTION;
      case LOGON,
          LOGOFF,
          REMOTE_CONNECT,
          REMOTE_DISCONNECT,
          HOST_SHUTDOWN,
          CLOCK_CHANGE,
          BRIDGE_START,
          BRIDGE_STOP ->
          NOTICE;
      default -> INFORMATIONAL;
    };
  }

  /** That of RFC 5424, table 2, where a smaller number is worse: 4 warning to 6 informational. */
  public int syslog() {
    return syslog;
  }

  /** From 1 to 10, as CEF and LEEF count: up to 3 is low, up to 6 is medium. */
  public int upToTen() {
    return upToTen;
  }

  /** The {@code severity_id} of OCSF: 1 informational, 2 low, 3 medium. */
  public int ocsf() {
    return ocsf;
  }
}
