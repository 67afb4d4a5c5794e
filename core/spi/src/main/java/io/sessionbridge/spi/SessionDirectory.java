package io.sessionbridge.spi;

import io.sessionbridge.event.EventData;
import java.util.List;
import java.util.Optional;

/**
 * Asks the system who is behind a session. Called by the thread that emits, before the ingest's
 * lock; may take milliseconds, must not take seconds.
 */
public interface SessionDirectory {

  /**
   * What is known of the session, as event fields (user, station, client, logon time, ...); empty
   * if there is no such session. A call to the system that fails means fewer fields.
   */
  Optional<EventData> find(long sessionId);

  /** All sessions that exist now, each with its {@code session_id}. */
  List<EventData> all();
}
