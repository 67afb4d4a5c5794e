package io.sessionbridge.windows.eventlog;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record of the event log.
 *
 * @param number increases within a channel
 * @param time when it was written, by the wall clock of then
 * @param data the elements of {@code EventData} by their names, or by {@code 1}, {@code 2} ...
 *     where they have none; the elements of {@code UserData} by theirs. Empty values are left out
 */
public record EventLogRecord(
    String channel, String provider, int id, long number, Instant time, Map<String, String> data) {

  public EventLogRecord {
    data = Map.copyOf(data);
  }

  /** The value of that name; empty if there is none. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(data.get(name));
  }
}
