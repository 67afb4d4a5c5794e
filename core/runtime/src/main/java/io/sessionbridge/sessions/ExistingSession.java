package io.sessionbridge.sessions;

import io.sessionbridge.event.EventData;
import io.sessionbridge.spi.SessionDirectory;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that exists according to the system.
 *
 * @param data of kind {@code session_present}, with its {@code session_id} and the known fields
 * @param connectTime when it was last connected, if the system reports that
 * @param disconnectTime when it was last disconnected, if the system reports that
 */
public record ExistingSession(
    EventData data, Optional<Instant> connectTime, Optional<Instant> disconnectTime) {

  /** Converts a directory entry. */
  public static ExistingSession of(SessionDirectory.Existing entry) {
    return new ExistingSession(entry.data(), entry.connectTime(), entry.disconnectTime());
  }

  /** A session without connection times. */
  public static ExistingSession of(EventData data) {
    return new ExistingSession(data, Optional.empty(), Optional.empty());
  }
}
