package io.sessionbridge.sessions.history;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import java.time.Instant;

/**
 * The record of an event in the Windows event log.
 *
 * @param of the event
 */
record LogRecord(TrueEvent of) {

  /** Whether the log has it: no locks, no screen savers, nothing of logon screens. */
  static boolean contains(TrueEvent past) {
    return switch (past.what()) {
      case LOGON, LOGOFF, SUSPEND, RESUME, SHUTDOWN -> true;
      case CONSOLE_CONNECT, CONSOLE_DISCONNECT, REMOTE_CONNECT, REMOTE_DISCONNECT ->
          past.session()
              .flatMap(past.after()::find)
              .filter(view -> view.stage() != View.Stage.LOGON_SCREEN)
              .isPresent();
      default -> false;
    };
  }

  /** When it happened, by the wall clock of then. */
  Instant time() {
    return of.after().wall(of.at());
  }

  /** The data of the record: the session, and the user's name in it. */
  EventData data() {
    EventData.Builder data = EventData.builder(of.what().kind().orElseThrow());
    of.session()
        .ifPresent(
            session -> {
              data.put(Field.SESSION_ID, session.id());
              session.user().identify(data);
            });
    return data.build();
  }

  @Override
  public String toString() {
    return of.toString();
  }
}
