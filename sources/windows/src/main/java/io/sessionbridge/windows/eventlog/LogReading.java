package io.sessionbridge.windows.eventlog;

import java.util.List;

/**
 * What was read from the event log.
 *
 * @param records of all channels; those of one in the order in which they were written
 * @param position to read on from
 * @param incomplete channels that no longer hold all records since the former position, or hold
 *     more than are read at once
 * @param problems channels that could not be read, each with the reason and the remedy
 */
public record LogReading(
    List<EventLogRecord> records,
    LogPosition position,
    List<String> incomplete,
    List<String> problems) {

  public LogReading {
    records = List.copyOf(records);
    incomplete = List.copyOf(incomplete);
    problems = List.copyOf(problems);
  }
}
