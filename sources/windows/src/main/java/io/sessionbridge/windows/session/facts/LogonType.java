package io.sessionbridge.windows.session.facts;

import java.util.Optional;

/** The logon type: {@code SECURITY_LOGON_TYPE} of {@code ntsecapi.h}. */
public final class LogonType {

  private LogonType() {}

  /** For instance {@code remote_interactive}; {@code type_14} for an unknown number. */
  public static Optional<String> name(int type) {
    return switch (type) {
      case 0 -> Optional.empty();
      case 2 -> Optional.of("interactive");
      case 3 -> Optional.of("network");
      case 4 -> Optional.of("batch");
      case 5 -> Optional.of("service");
      case 6 -> Optional.of("proxy");
      case 7 -> Optional.of("unlock");
      case 8 -> Optional.of("network_cleartext");
      case 9 -> Optional.of("new_credentials");
      case 10 -> Optional.of("remote_interactive");
      case 11 -> Optional.of("cached_interactive");
      case 12 -> Optional.of("cached_remote_interactive");
      case 13 -> Optional.of("cached_unlock");
      default -> Optional.of("type_" + Integer.toUnsignedString(type));
    };
  }
}
