package io.sessionbridge.sink.syslog;

import io.sessionbridge.event.Kind;

/** How much an event matters: those of RFC 5424, table 2, that session events have. */
enum Severity {
  WARNING(4),
  NOTICE(5),
  INFORMATIONAL(6);

  private final int code;

  Severity(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  /** Who comes and goes is worth a look; a gap is worth a question. */
  static Severity of(Kind kind) {
    return switch (kind) {
      case GAP -> WARNING;
      case LOGON,
          LOGOFF,
          REMOTE_CONNECT,
          REMOTE_DISCONNECT,
          REMOTE_CONTROL,
          HOST_SHUTDOWN,
          CLOCK_CHANGE,
          BRIDGE_START,
          BRIDGE_STOP ->
          NOTICE;
      default -> INFORMATIONAL;
    };
  }
}
