package io.sessionbridge.windows.session.facts;

import java.util.Locale;
import java.util.Optional;

/** The protocol through which a session is displayed. */
public enum Protocol {
  CONSOLE,
  RDP,
  ICA,
  PCOIP,
  /** Any other protocol. */
  UNKNOWN;

  private static final int TYPE_ICA = 1;
  private static final int TYPE_RDP = 2;

  /** For instance {@code rdp}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The station's name begins with the protocol, for instance {@code RDP-Tcp#3}. Windows itself
   * knows three types only, and reports unknown types as console. So its type is used only if it is
   * not console and the name does not contain the protocol.
   *
   * @param station empty if unknown; a disconnected session has none
   * @param type {@code WTSClientProtocolType}
   */
  public static Optional<Protocol> of(Optional<String> station, Optional<Integer> type) {
    String name = station.orElse("").toUpperCase(Locale.ROOT);
    Optional<Protocol> named = ofStation(name);
    if (named.isPresent()) {
      return named;
    }
    if (type.isPresent() && type.get() == TYPE_RDP) {
      return Optional.of(RDP);
    }
    if (type.isPresent() && type.get() == TYPE_ICA) {
      return Optional.of(ICA);
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(UNKNOWN);
  }

  private static Optional<Protocol> ofStation(String name) {
    if (name.equals("CONSOLE")) {
      return Optional.of(CONSOLE);
    }
    if (name.startsWith("RDP-")) {
      return Optional.of(RDP);
    }
    if (name.startsWith("ICA-")) {
      return Optional.of(ICA);
    }
    return name.startsWith("PCOIP") ? Optional.of(PCOIP) : Optional.empty();
  }
}
