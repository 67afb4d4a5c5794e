package io.sessionbridge.spi;

import io.sessionbridge.event.EventData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the user and the client of a session. Safe for use by several threads. May take
 * milliseconds, must not take seconds, and throws nothing: a failed system call means fewer fields.
 */
@Evolving
public interface SessionDirectory {

  /**
   * What is known of the session that an event of this host is about, as event fields (user,
   * station, client, logon time, ...), and whether the system, asked now, agrees with the event
   * ({@code confirmed}). Empty if nothing is known.
   *
   * <p>Called once for each event that has a {@code session_id}, in the order in which its source
   * emits, before the ingest's lock. The source's own fields take precedence.
   *
   * @param event as the source saw it
   */
  Optional<EventData> find(EventData event);

  /** All sessions that exist now, each of kind {@code session_present} with what is known of it. */
  List<EventData> all();

  /**
   * A session that exists now.
   *
   * @param data of kind {@code session_present}, with its {@code session_id} and what is known
   * @param connectTime when it was last connected, by the wall clock of then; empty if unknown
   * @param disconnectTime when it was last disconnected, by the wall clock of then; empty if
   *     unknown
   */
  record Existing(
      EventData data, Optional<Instant> connectTime, Optional<Instant> disconnectTime) {}

  /**
   * {@link #all}, and when each was connected and disconnected last: so an event that is concluded
   * from a difference has the time at which it happened. Knows no times unless a directory does.
   */
  default List<Existing> existing() {
    return all().stream()
        .map(data -> new Existing(data, Optional.empty(), Optional.empty()))
        .toList();
  }

  /** Why it cannot find out more, for instance a missing right; shown in health. */
  default Optional<String> trouble() {
    return Optional.empty();
  }
}
