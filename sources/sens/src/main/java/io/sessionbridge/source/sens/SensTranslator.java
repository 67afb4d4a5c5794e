package io.sessionbridge.source.sens;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.source.windows.Observations;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.windows.com.SensEvent;
import io.sessionbridge.windows.com.SensMethod;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Translates SENS notifications.
 *
 * <p>{@code ISensLogon} does not name the session. If its user has exactly one session, the event
 * gets that one; otherwise the event has no session and is ambiguous. A logoff is always ambiguous:
 * its session may already be gone, and the one that is left would be a different one.
 *
 * <p>SENS does not report whether a session is at the console. For a reconnect the directory knows.
 * A disconnect is reported as remote: Windows no longer knows where the session was, and a query
 * would make the directory forget it.
 */
final class SensTranslator {

  /** Added to the dispatch ids of {@code ISensLogon2}, so that each method has its own number. */
  private static final long WITH_SESSION = 20;

  private final SensSessions sessions;

  SensTranslator(SensSessions sessions) {
    this.sessions = sessions;
  }

  Optional<Observation> translate(Stamped<SensEvent> received) {
    SensEvent event = received.item();
    UserName user = UserName.of(event.user());
    EventData.Builder data =
        EventData.builder(kind(event))
            .put(Field.RAW_CODE, rawCode(event.method()))
            .put(Field.USER_NAME, user.name())
            .put(Field.USER_DOMAIN, user.domain());
    addSession(event, user, data);
    return Optional.of(Observations.live(received, data));
  }

  private static long rawCode(SensMethod method) {
    return method.dispatchId() + (method.hasSession() ? WITH_SESSION : 0);
  }

  private void addSession(SensEvent event, UserName user, EventData.Builder data) {
    session(event, user)
        .ifPresentOrElse(
            id -> data.put(Field.SESSION_ID, id), () -> data.put(Field.AMBIGUOUS, true));
  }

  private OptionalLong session(SensEvent event, UserName user) {
    if (event.sessionId().isPresent()) {
      return event.sessionId();
    }
    // A lookup would find only the remaining sessions, never the one that ended.
    return event.method() == SensMethod.LOGOFF ? OptionalLong.empty() : sessions.onlyOneOf(user);
  }

  private Kind kind(SensEvent event) {
    return switch (event.method()) {
      case LOGON, SESSION_LOGON -> Kind.LOGON;
      case LOGOFF, SESSION_LOGOFF -> Kind.LOGOFF;
      case START_SHELL, POST_SHELL -> Kind.SHELL_START;
      case DISPLAY_LOCK -> Kind.LOCK;
      case DISPLAY_UNLOCK -> Kind.UNLOCK;
      case START_SCREEN_SAVER -> Kind.SCREENSAVER_START;
      case STOP_SCREEN_SAVER -> Kind.SCREENSAVER_STOP;
      case SESSION_DISCONNECT -> Kind.REMOTE_DISCONNECT;
      case SESSION_RECONNECT -> isAtConsole(event) ? Kind.CONSOLE_CONNECT : Kind.REMOTE_CONNECT;
    };
  }

  private boolean isAtConsole(SensEvent event) {
    return event.sessionId().stream().anyMatch(sessions::isAtConsole);
  }
}
