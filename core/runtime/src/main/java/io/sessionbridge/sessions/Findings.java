package io.sessionbridge.sessions;

import java.util.List;

/**
 * The current state of the system, to compare with the known state.
 *
 * @param now when the sessions were read; with the uptime and the boot id where they are known
 * @param sourceId the source that read them; the events carry its name
 * @param sourceType that source's type
 * @param reason why it read them, for instance {@code started}
 * @param sessions all existing sessions
 * @param evidence in the order in which they were written, which is more reliable than their times
 *     if the clock was set; records from before the last known moment are ignored
 */
public record Findings(
    Moment now,
    String sourceId,
    String sourceType,
    String reason,
    List<ExistingSession> sessions,
    List<Evidence> evidence) {

  public Findings {
    sessions = List.copyOf(sessions);
    evidence = List.copyOf(evidence);
  }
}
