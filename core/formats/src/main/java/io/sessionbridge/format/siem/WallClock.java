package io.sessionbridge.format.siem;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.SessionEvent;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** The local time of the host, which a query cannot derive from UTC. */
final class WallClock {

  private WallClock() {}

  /** Empty if the event has no offset, or an invalid one because it was imported. */
  static Optional<OffsetDateTime> of(SessionEvent event) {
    return event
        .data()
        .find(Field.LOCAL_OFFSET)
        .flatMap(WallClock::offset)
        .map(event.time()::atOffset);
  }

  private static Optional<ZoneOffset> offset(String text) {
    try {
      return Optional.of(ZoneOffset.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
