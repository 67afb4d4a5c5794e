package io.sessionbridge.control;

import io.sessionbridge.control.AgentStatus.Backlog;
import io.sessionbridge.control.AgentStatus.LastEvent;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.health.Health;
import io.sessionbridge.http.Component;
import io.sessionbridge.spi.ControlPeer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The status of the agent as one line. Ordinary users get the health of each part without the
 * message, which may name servers and files, and no events, as with {@code tap}.
 */
final class StatusLine {

  private StatusLine() {}

  /**
   * Creates the line.
   *
   * @param before an earlier status, to compute the drain rate; empty if no backlog
   * @param between the time between the two
   */
  static JsonLine of(
      AgentStatus status, Optional<AgentStatus> before, Duration between, ControlPeer peer) {
    boolean all = peer.administrator();
    JsonLine.Builder line =
        JsonLine.builder()
            .put("version", status.version())
            .put("process_id", status.processId())
            .put("started", Rfc3339.format(status.since()))
            .put("health", word(status.health()));
    List<JsonLine> parts = status.parts().stream().map(part -> part(part, all)).toList();
    List<JsonLine> backlogs =
        status.backlogs().stream()
            .map(backlog -> backlog(backlog, drainRate(backlog, before, between)))
            .toList();
    line.put("parts", parts).put("backlogs", backlogs);
    if (all) {
      status.last().ifPresent(last -> line.put("last_event", event(last)));
    }
    return line.build();
  }

  private static JsonLine part(Component part, boolean all) {
    JsonLine.Builder line = JsonLine.builder().put("kind", part.kind());
    if (!part.id().isEmpty()) {
      line.put("id", part.id());
    }
    line.put("status", word(part.health()));
    if (all && !part.health().detail().isEmpty()) {
      line.put("message", part.health().detail());
    }
    return line.build();
  }

  private static JsonLine backlog(Backlog backlog, Optional<Double> rate) {
    JsonLine.Builder line =
        JsonLine.builder()
            .put("sink", backlog.sink())
            .put("pending_events", backlog.pending())
            .put("backlog_bytes", backlog.bytes())
            .put("age_seconds", backlog.age().map(Duration::toSeconds))
            .put("delivered_events", backlog.delivered())
            .put("rejected_events", backlog.rejected())
            .put("lost_events", backlog.lost());
    rate.ifPresent(
        perSecond -> line.put("drain_seconds", (long) Math.ceil(backlog.pending() / perSecond)));
    return line.build();
  }

  /** Events per second by which the backlog shrinks; empty if it does not. */
  private static Optional<Double> drainRate(
      Backlog now, Optional<AgentStatus> before, Duration between) {
    return before.stream()
        .flatMap(status -> status.backlogs().stream())
        .filter(old -> old.sink().equals(now.sink()) && now.pending() > 0)
        .map(old -> (old.pending() - now.pending()) / Math.max(0.001, between.toNanos() / 1e9))
        .filter(rate -> rate > 0)
        .findFirst();
  }

  private static JsonLine event(LastEvent last) {
    return JsonLine.builder()
        .put("time", Rfc3339.format(last.time()))
        .put("kind", last.kind())
        .put("sequence", last.sequence())
        .put("host_name", last.hostName())
        .put("session_id", last.sessionId())
        .put("user_name", last.userName())
        .put("user_domain", last.userDomain())
        .build();
  }

  private static String word(Health health) {
    return health.status().name().toLowerCase(Locale.ROOT);
  }
}
