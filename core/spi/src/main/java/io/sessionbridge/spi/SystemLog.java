package io.sessionbridge.spi;

import io.sessionbridge.event.EventData;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The operating system's own log of what happened to its sessions, which fills the time in which
 * the agent did not run. A plug-in binds one where the system has such a log.
 *
 * <p>Called by the thread that compares the existing sessions with the reported ones. May take
 * seconds, and throws nothing: of a log that cannot be read there are no entries, and the plug-in
 * logs the reason once.
 */
@Evolving
public interface SystemLog {

  /**
   * A record of the log.
   *
   * @param time when it happened, by the wall clock of then
   * @param data its kind, and the session, the user and the client as far as the record says; a
   *     kind of a session, or {@code host_suspend}, {@code host_resume} or {@code host_shutdown}
   * @param name which record it is, for instance {@code winlogon_7002}; events that are concluded
   *     from it carry this name as {@code evidence}
   */
  record Entry(Instant time, EventData data, String name) {}

  /**
   * What the log says.
   *
   * @param entries in the order in which they were written
   * @param position opaque to all but this log; goes into the next reading
   * @param complete false if records since the former position are lost, for instance overwritten
   */
  record Reading(List<Entry> entries, String position, boolean complete) {

    public Reading {
      entries = List.copyOf(entries);
    }
  }

  /**
   * Reads what was recorded since.
   *
   * @param position of an earlier reading; empty at the first
   * @param since the oldest time of interest where the position is empty or no longer fits
   */
  Reading read(Optional<String> position, Instant since);
}
