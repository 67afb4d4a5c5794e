package io.sessionbridge.cli.receivers;

import java.util.Map;
import java.util.Optional;

/**
 * One arrival of an event.
 *
 * @param id the event's id
 * @param content the event's data and time, as text by name
 */
public record Arrival(String id, Map<String, String> content) {

  public Arrival {
    content = Map.copyOf(content);
  }

  /** Whether it is an event of the agent itself. */
  public boolean isOfTheAgent() {
    String kind = kind();
    return kind.startsWith("bridge_") || kind.equals("gap");
  }

  /** The event's kind. */
  public String kind() {
    return Optional.ofNullable(content.get("kind")).orElse("");
  }
}
