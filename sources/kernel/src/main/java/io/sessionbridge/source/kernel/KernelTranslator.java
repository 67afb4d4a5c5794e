package io.sessionbridge.source.kernel;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.windows.driver.DriverRecord;
import java.time.Instant;
import java.util.Optional;

/** Translates a driver record into an observation. Unknown event numbers become {@code other}. */
final class KernelTranslator {

  // IO_SESSION_EVENT, wdm.h
  private static final int CREATED = 1;
  private static final int TERMINATED = 2;
  private static final int CONNECTED = 3;
  private static final int DISCONNECTED = 4;
  private static final int LOGON = 5;
  private static final int LOGOFF = 6;

  private KernelTranslator() {}

  /**
   * Translates one record.
   *
   * @param sides updated by the record
   * @param now used if the record has no time
   */
  static Observation translate(DriverRecord record, SessionSides sides, Instant now) {
    Optional<Boolean> local = side(record, sides);
    EventData.Builder data =
        EventData.builder(kind(record.event(), local.orElse(false)))
            .put(Field.RAW_CODE, Integer.toUnsignedLong(record.event()))
            .put(Field.UPTIME_MS, record.uptimeMillis());
    record.sessionId().ifPresent(session -> data.put(Field.SESSION_ID, session));
    local.ifPresent(isLocal -> data.put(Field.REMOTE, !isLocal));
    return Observation.live(record.time().orElse(now), data.build());
  }

  private static Optional<Boolean> side(DriverRecord record, SessionSides sides) {
    if (record.sessionId().isEmpty()) {
      return record.local();
    }
    long session = record.sessionId().getAsLong();
    if (record.event() == CONNECTED) {
      sides.forget(session); // side of the previous connection
    }
    Optional<Boolean> known = record.local().or(() -> sides.of(session));
    record.local().ifPresent(isLocal -> sides.connected(session, isLocal));
    if (record.event() == TERMINATED) {
      sides.forget(session);
    }
    return known;
  }

  private static Kind kind(int event, boolean local) {
    return switch (event) {
      case CREATED -> Kind.SESSION_CREATE;
      case TERMINATED -> Kind.SESSION_TERMINATE;
      case CONNECTED -> local ? Kind.CONSOLE_CONNECT : Kind.REMOTE_CONNECT;
      case DISCONNECTED -> local ? Kind.CONSOLE_DISCONNECT : Kind.REMOTE_DISCONNECT;
      case LOGON -> Kind.LOGON;
      case LOGOFF -> Kind.LOGOFF;
      default -> Kind.OTHER;
    };
  }
}
