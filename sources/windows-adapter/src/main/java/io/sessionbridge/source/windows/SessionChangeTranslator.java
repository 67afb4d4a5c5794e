package io.sessionbridge.source.windows;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.spi.HandOff.Stamped;
import io.sessionbridge.windows.SessionChange;
import io.sessionbridge.windows.SessionCode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Translates a session change, however Windows reported it. Every code becomes an event; unknown
 * codes become {@code other}.
 */
public final class SessionChangeTranslator {

  private static final Map<Kind, SessionCode> CODES =
      Stream.of(SessionCode.values())
          .collect(toUnmodifiableMap(SessionChangeTranslator::kind, identity()));

  private SessionChangeTranslator() {}

  /** The change that Windows reports for an event of this kind; empty if there is none. */
  static Optional<SessionCode> code(Kind kind) {
    return Optional.ofNullable(CODES.get(kind));
  }

  /** Never empty. */
  public static Optional<Observation> translate(Stamped<SessionChange> received) {
    SessionChange change = received.item();
    EventData.Builder data =
        EventData.builder(
                SessionCode.of(change.code()).map(SessionChangeTranslator::kind).orElse(Kind.OTHER))
            .put(Field.RAW_CODE, Integer.toUnsignedLong(change.code()))
            .put(Field.SESSION_ID, change.sessionId());
    return Optional.of(Observations.live(received, data));
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
