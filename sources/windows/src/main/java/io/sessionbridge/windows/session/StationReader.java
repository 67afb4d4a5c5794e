package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.calls.SessionCalls.Figure;
import io.sessionbridge.windows.session.calls.SessionCalls.Text;
import io.sessionbridge.windows.session.decode.StationInfo;
import io.sessionbridge.windows.session.facts.ConnectState;
import io.sessionbridge.windows.session.facts.Protocol;
import io.sessionbridge.windows.session.facts.StationFacts;
import java.util.Optional;

/** Queries the station of a session and its state. */
final class StationReader {

  private final SessionCalls calls;

  StationReader(SessionCalls calls) {
    this.calls = calls;
  }

  /**
   * Queries what is not known yet.
   *
   * @param own the session of this process
   */
  StationFacts read(
      Answers answers,
      long session,
      Optional<Long> own,
      Optional<Boolean> loggedOn,
      Optional<StationInfo> info) {
    Optional<String> name =
        answers
            .to(() -> calls.text(session, Text.STATION))
            .or(() -> info.map(StationInfo::station))
            .filter(it -> !it.isEmpty());
    Optional<ConnectState> state =
        answers
            .to(() -> calls.number(session, Figure.STATE))
            .flatMap(ConnectState::of)
            .or(() -> info.flatMap(StationInfo::state));
    Optional<Protocol> protocol =
        Protocol.of(name, answers.to(() -> calls.number(session, Figure.PROTOCOL)));
    return new StationFacts(
        name,
        state,
        protocol,
        remote(answers, session, protocol),
        loggedOn,
        info.flatMap(StationInfo::locked).filter(it -> !loggedOn.equals(Optional.of(false))),
        remoteControlled(session, own, state),
        info.flatMap(StationInfo::connectTime),
        info.flatMap(StationInfo::disconnectTime));
  }

  private Optional<Boolean> remote(Answers answers, long session, Optional<Protocol> protocol) {
    return answers
        .to(() -> calls.number(session, Figure.IS_REMOTE))
        .map(value -> value != 0)
        .or(
            () ->
                protocol
                    .filter(known -> known != Protocol.UNKNOWN)
                    .map(known -> known != Protocol.CONSOLE));
  }

  /** Known for the program's own session, and to a service from the state; otherwise unknown. */
  private Optional<Boolean> remoteControlled(
      long session, Optional<Long> own, Optional<ConnectState> state) {
    if (session != SessionList.SERVICES && own.equals(Optional.of(session))) {
      return Optional.of(calls.ownSessionWatched());
    }
    boolean seen =
        own.equals(Optional.of(SessionList.SERVICES))
            && state.equals(Optional.of(ConnectState.SHADOW));
    return seen ? Optional.of(true) : Optional.empty();
  }
}
