package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.spi.SessionDirectory;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that the system says exists.
 *
 * @param data of kind {@code session_present}, with its {@code session_id} and what is known
 * @param connectTime when it was last connected, if the system says so
 * @param disconnectTime when it was last disconnected, if the system says so
 */
public record ExistingSession(
    EventData data, Optional<Instant> connectTime, Optional<Instant> disconnectTime) {

  /** As a directory tells it. */
  public static ExistingSession of(SessionDirectory.Existing told) {
    return new ExistingSession(told.data(), told.connectTime(), told.disconnectTime());
  }

  /** A session of whose connection no time is known. */
  public static ExistingSession of(EventData data) {
    return new ExistingSession(data, Optional.empty(), Optional.empty());
  }
}
