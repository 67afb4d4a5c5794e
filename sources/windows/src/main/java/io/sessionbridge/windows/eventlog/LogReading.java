package io.sessionbridge.windows.eventlog;

import java.util.List;

/**
 * The result of a reading.
 *
 * @param records of all channels; those of one channel in the order in which they were written
 * @param position where the next reading starts
 * @param incomplete channels that have lost records since the former position, or have more than
 *     are read at once
 * @param problems channels that could not be read, each with the reason and the fix
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
