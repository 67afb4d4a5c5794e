package io.sessionbridge.http;

import io.sessionbridge.health.Health;

/**
 * A part of the agent, as the pages list it.
 *
 * @param kind {@code journal}, {@code source}, {@code sink} or {@code http}
 * @param id from the configuration; empty where there is only one of a kind
 */
public record Component(String kind, String id, Health health) {

  /** As people call it: {@code sink lake}. */
  public String name() {
    return id.isEmpty() ? kind : kind + " " + id;
  }
}
