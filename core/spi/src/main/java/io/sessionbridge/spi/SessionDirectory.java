package io.sessionbridge.spi;

import io.sessionbridge.event.EventData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Looks up the user and the client of a session. Safe for use by several threads. May take
 * milliseconds, must not take seconds, and never throws: a failed system call only omits fields.
 */
@Evolving
public interface SessionDirectory {

  /**
   * Returns what is known about the session of an event of this host, as event fields (user,
   * station, client, logon time, ...), and whether the system, queried now, agrees with the event
   * ({@code confirmed}). Empty if nothing is known.
   *
   * <p>Called once for each event that has a {@code session_id}, in the order in which its source
   * emits, before the ingest's lock. The source's own fields take precedence.
   *
   * @param event as the source emitted it
   */
  Optional<EventData> find(EventData event);

  /** All sessions that exist now, each of kind {@code session_present} with its known fields. */
  List<EventData> all();

  /**
   * A session that exists now.
   *
   * @param data of kind {@code session_present}, with its {@code session_id} and all known fields
   * @param connectTime when it was last connected, by the wall clock at that time; empty if unknown
   * @param disconnectTime when it was last disconnected, by the wall clock at that time; empty if
   *     unknown
   */
  record Existing(
      EventData data, Optional<Instant> connectTime, Optional<Instant> disconnectTime) {}

  /**
   * {@link #all}, with the times at which each session was last connected and disconnected, so that
   * an inferred event can have the time at which it happened. This default has no times.
   */
  default List<Existing> existing() {
    return all().stream()
        .map(data -> new Existing(data, Optional.empty(), Optional.empty()))
        .toList();
  }

  /** Why fields are missing, for instance for lack of a privilege; shown in health. */
  default Optional<String> problem() {
    return Optional.empty();
  }
}
