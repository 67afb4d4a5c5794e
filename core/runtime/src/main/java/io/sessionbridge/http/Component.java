package io.sessionbridge.http;

import io.sessionbridge.health.Health;

/**
 * A component of the agent, as the pages list it.
 *
 * @param kind {@code journal}, {@code source}, {@code sink} or {@code http}
 * @param id from the configuration; empty for kinds that exist only once
 */
public record Component(String kind, String id, Health health) {

  /** The display name, for instance {@code sink lake}. */
  public String name() {
    return id.isEmpty() ? kind : kind + " " + id;
  }
}
