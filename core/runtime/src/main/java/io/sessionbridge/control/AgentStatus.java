package io.sessionbridge.control;

import io.sessionbridge.health.Health;
import io.sessionbridge.http.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The agent at one moment.
 *
 * @param since when it started
 * @param parts all components that have a health, the journal first
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
   * The backlog of a sink.
   *
   * @param pending events not yet delivered
   * @param age of the oldest pending event
   * @param delivered so far, to compute a rate
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
   * A summary of an event.
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
