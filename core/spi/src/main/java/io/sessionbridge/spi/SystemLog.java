package io.sessionbridge.spi;

import io.sessionbridge.event.EventData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The operating system's own log of session events, which covers the time in which the agent did
 * not run. A plug-in binds an implementation where the system has such a log.
 *
 * <p>Called by the thread that compares the existing sessions with the reported ones. May take
 * seconds, and never throws: a log that cannot be read has no entries, and the plug-in logs the
 * reason once.
 */
@Evolving
public interface SystemLog {

  /**
   * A record of the log.
   *
   * @param time when it happened, by the wall clock at that time
   * @param data its kind, and the session, the user and the client as far as the record has them; a
   *     session kind, or {@code host_suspend}, {@code host_resume} or {@code host_shutdown}
   * @param name identifies the record, for instance {@code winlogon_7002}; events inferred from it
   *     carry this name as {@code evidence}
   */
  record Entry(Instant time, EventData data, String name) {}

  /**
   * The result of a reading.
   *
   * @param entries in the order in which they were written
   * @param position opaque to everything but this log; passed to the next reading
   * @param complete false if records after the previous position are lost, for instance overwritten
   */
  record Reading(List<Entry> entries, String position, boolean complete) {

    public Reading {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads the records after a position.
   *
   * @param position of the previous reading; empty at the first
   * @param since the oldest time of interest if the position is empty or no longer valid
   */
  Reading read(Optional<String> position, Instant since);
}
