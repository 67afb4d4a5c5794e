package io.sessionbridge.control;

import io.sessionbridge.health.Health;
import io.sessionbridge.http.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the agent is at one moment.
 *
 * @param since when it started
 * @param parts all that can be well or not, the journal first
 * @param last the newest event of the journal
 */
public record AgentStatus(
    String version,
    long processId,
    Instant since,
    Health health,
    List<Component> parts,
    List<Backlog> backlogs,
    Optional<LastEvent> last) {

  /**
   * What waits for a sink.
   *
   * @param pending events
   * @param age of the oldest
   * @param delivered so far, for a rate
   */
  public record Backlog(
      String sink,
      long pending,
      long bytes,
      Optional<Duration> age,
      long delivered,
      long rejected,
      long lost) {}

  /**
   * An event, in short.
   *
   * @param hostName where it happened
   * @param sessionId of the event, if it has one
   * @param userName whose session it is
   */
  public record LastEvent(
      Instant time,
      String kind,
      long sequence,
      Optional<String> hostName,
      Optional<Long> sessionId,
      Optional<String> userName,
      Optional<String> userDomain) {}

  public AgentStatus {
    parts = List.copyOf(parts);
    backlogs = List.copyOf(backlogs);
  }
}
