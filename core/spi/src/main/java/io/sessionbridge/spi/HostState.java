package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.time.Instant;
import java.util.List;

/**
 * What is true of this host at one moment.
 *
 * @param time the moment
 * @param health the agent's
 * @param sessions as last reported, sorted by id; a session that was not reported is absent
 * @param condition as last reported
 */
public record HostState(
    Instant time, Health health, List<SessionState> sessions, HostCondition condition) {

  public HostState {
    sessions = List.copyOf(sessions);
  }

  /** The state of a host whose condition is unknown. */
  public HostState(Instant time, Health health, List<SessionState> sessions) {
    this(time, health, sessions, HostCondition.UNKNOWN);
  }

  /** Whether it differs in more than the moment and the sentence of the health. */
  public boolean isNewsAfter(HostState shown) {
    return !comparable().equals(shown.comparable());
  }

  private HostState comparable() {
    return new HostState(Instant.EPOCH, new Health(health.status(), ""), sessions, condition);
  }
}
