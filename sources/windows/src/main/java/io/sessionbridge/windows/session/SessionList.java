package io.sessionbridge.windows.session;

import io.sessionbridge.windows.session.calls.SessionCalls;
import io.sessionbridge.windows.session.calls.SessionCalls.Listed;
import io.sessionbridge.windows.session.facts.ConnectState;
import java.util.List;
import java.util.Optional;

/** Lists the sessions. If Windows lists none, as under Wine, it contains the program's own one. */
final class SessionList {

  static final long SERVICES = 0;

  private final SessionCalls calls;
  private final Shortages shortages;

  SessionList(SessionCalls calls, Shortages shortages) {
    this.calls = calls;
    this.shortages = shortages;
  }

  /** Sessions of users and logon screens, without session 0 and listeners. */
  List<Long> ids() {
    List<Long> listed =
        listed().stream()
            .filter(session -> !session.state().equals(Optional.of(ConnectState.LISTEN)))
            .map(Listed::sessionId)
            .filter(session -> session != SERVICES)
            .toList();
    return listed.isEmpty() ? ofUser().stream().toList() : listed;
  }

  /** Empty if Windows returns no list. */
  Optional<Boolean> has(long sessionId) {
    List<Listed> all = listed();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.stream().anyMatch(session -> session.sessionId() == sessionId));
  }

  /** The session of this process; session 0 is that of services. */
  Optional<Long> own() {
    return new Answers().to(calls::ownSession);
  }

  private Optional<Long> ofUser() {
    return own().filter(session -> session != SERVICES);
  }

  private List<Listed> listed() {
    Answers answers = new Answers();
    List<Listed> listed = answers.to(calls::sessions).orElse(List.of());
    shortages.set(SERVICES, answers.refused());
    return listed;
  }
}
