package io.sessionbridge.windows.session.facts;

import java.time.Instant;
import java.util.Optional;

/**
 * What a session's station is and does now.
 *
 * @param name for instance {@code Console} or {@code RDP-Tcp#3}
 * @param loggedOn false at a logon screen, where nobody is
 * @param locked absent while nobody is logged on: a logon screen is neither
 * @param remoteControlled whether somebody else watches it
 * @param connectTime since when it is connected
 * @param disconnectTime when it was last disconnected
 */
public record StationFacts(
    Optional<String> name,
    Optional<ConnectState> state,
    Optional<Protocol> protocol,
    Optional<Boolean> remote,
    Optional<Boolean> loggedOn,
    Optional<Boolean> locked,
    Optional<Boolean> remoteControlled,
    Optional<Instant> connectTime,
    Optional<Instant> disconnectTime) {

  static final StationFacts NONE =
      new StationFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** These, and where the station is if only the others know it; never what it does. */
  StationFacts placeOr(StationFacts others) {
    return new StationFacts(
        name.or(others::name),
        state,
        protocol.or(others::protocol),
        remote.or(others::remote),
        loggedOn,
        locked,
        remoteControlled,
        connectTime.or(others::connectTime),
        disconnectTime);
  }
}
