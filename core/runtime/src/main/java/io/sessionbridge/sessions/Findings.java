package io.sessionbridge.sessions;

import java.util.List;

/**
 * What the system says now, to be compared with what is known.
 *
 * @param now when the sessions were read; with the uptime and the boot id where they are known
 * @param sourceId the source that asked, whose name the events carry
 * @param sourceType that source's type
 * @param reason why it asked, for instance {@code started}
 * @param sessions all that exist
 * @param evidence in the order in which they were written, which tells more than their times when
 *     the clock was set; records from before the last moment that is known do no harm
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
