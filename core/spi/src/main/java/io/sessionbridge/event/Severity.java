package io.sessionbridge.event;

/**
 * The severity of an event. It depends on the kind alone and is the same in every format and sink;
 * each scale in use is a column here.
 */
public enum Severity {
  /** Everyday activity. */
  INFORMATIONAL(6, 1, 1),
  /** Users come and go; the agent, the host or the clock changes. */
  NOTICE(5, 3, 1),
  /** A user's session is shadowed. */
  CAUTION(5, 5, 2),
  /** Events are missing. */
  WARNING(4, 6, 3);

  private final int syslog;
  private final int oneToTen;
  private final int ocsf;

  Severity(int syslog, int oneToTen, int ocsf) {
    this.syslog = syslog;
    this.oneToTen = oneToTen;
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

  /** The severity of RFC 5424, table 2, where smaller is worse: 4 warning to 6 informational. */
  public int syslog() {
    return syslog;
  }

  /** From 1 to 10, as in CEF and LEEF: up to 3 is low, up to 6 is medium. */
  public int oneToTen() {
    return oneToTen;
  }

  /** The {@code severity_id} of OCSF: 1 informational, 2 low, 3 medium. */
  public int ocsf() {
    return ocsf;
  }
}
