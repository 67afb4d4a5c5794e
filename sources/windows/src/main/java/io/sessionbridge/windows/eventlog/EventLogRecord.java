package io.sessionbridge.windows.eventlog;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A record of the event log.
 *
 * @param number increases within a channel
 * @param time when it was written, by the wall clock at that time
 * @param data the elements of {@code EventData} by name, or by {@code 1}, {@code 2} ... if they
 *     have none; the elements of {@code UserData} by name. Empty values are omitted
 */
public record EventLogRecord(
    String channel, String provider, int id, long number, Instant time, Map<String, String> data) {

  public EventLogRecord {
    data = Map.copyOf(data);
  }

  /** The value with that name; empty if there is none. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(data.get(name));
  }
}
