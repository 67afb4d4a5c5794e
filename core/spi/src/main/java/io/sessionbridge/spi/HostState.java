package io.sessionbridge.spi;

import io.sessionbridge.health.Health;
import java.time.Instant;
import java.util.List;

/**
 * What is true of this host at one moment.
 *
 * @param time the moment
 * @param health the agent's
 * @param sessions as last reported, sorted by id; a session that nobody reported is not in it
 */
public record HostState(Instant time, Health health, List<SessionState> sessions) {

  public HostState {
    sessions = List.copyOf(sessions);
  }
}
