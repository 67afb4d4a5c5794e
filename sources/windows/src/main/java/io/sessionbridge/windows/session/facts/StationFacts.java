package io.sessionbridge.windows.session.facts;

import java.time.Instant;
import java.util.Optional;

/**
 * A session's station and its current state.
 *
 * @param name for instance {@code Console} or {@code RDP-Tcp#3}
 * @param loggedOn false at a logon screen
 * @param locked empty while no user is logged on: a logon screen is neither
 * @param remoteControlled whether another session shadows it
 * @param connectTime when it was last connected
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

  /** Returns these facts, completed with the others' location, never with their state. */
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
