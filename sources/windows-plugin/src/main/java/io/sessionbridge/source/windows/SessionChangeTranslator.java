package io.sessionbridge.source.windows;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import java.util.Optional;

/**
 * Says what a session change means, however Windows told it. Every code becomes an event, also one
 * without a name.
 */
public final class SessionChangeTranslator {

  private SessionChangeTranslator() {}

  /** Never empty. */
  public static Optional<Observation> translate(Stamped<SessionChange> heard) {
    SessionChange change = heard.item();
    EventData.Builder data =
        EventData.builder(
                SessionCode.of(change.code()).map(SessionChangeTranslator::kind).orElse(Kind.OTHER))
            .put(Field.RAW_CODE, Integer.toUnsignedLong(change.code()))
            .put(Field.SESSION_ID, change.sessionId());
    heard.uptimeMillis().ifPresent(uptime -> data.put(Field.UPTIME_MS, uptime));
    return Optional.of(Observation.live(heard.time(), data.build()));
  }

  private static Kind kind(SessionCode code) {
    return switch (code) {
      case CONSOLE_CONNECT -> Kind.CONSOLE_CONNECT;
      case CONSOLE_DISCONNECT -> Kind.CONSOLE_DISCONNECT;
      case REMOTE_CONNECT -> Kind.REMOTE_CONNECT;
      case REMOTE_DISCONNECT -> Kind.REMOTE_DISCONNECT;
      case SESSION_LOGON -> Kind.LOGON;
      case SESSION_LOGOFF -> Kind.LOGOFF;
      case SESSION_LOCK -> Kind.LOCK;
      case SESSION_UNLOCK -> Kind.UNLOCK;
      case SESSION_REMOTE_CONTROL -> Kind.REMOTE_CONTROL;
      case SESSION_CREATE -> Kind.SESSION_CREATE;
      case SESSION_TERMINATE -> Kind.SESSION_TERMINATE;
      case SESSION_DESKTOP_READY -> Kind.DESKTOP_READY;
    };
  }
}
