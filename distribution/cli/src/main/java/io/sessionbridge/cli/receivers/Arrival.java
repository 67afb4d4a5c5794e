package io.sessionbridge.cli.receivers;

import java.util.Map;
import java.util.Optional;

/**
 * An event that came, each time that it came.
 *
 * @param id the event's
 * @param content the event's data, and its time, as text by name
 */
public record Arrival(String id, Map<String, String> content) {

  public Arrival {
    content = Map.copyOf(content);
  }

  /** Whether the agent tells of itself here. */
  public boolean isOfTheAgent() {
    String kind = kind();
    return kind.startsWith("bridge_") || kind.equals("gap");
  }

  /** The event's kind. */
  public String kind() {
    return Optional.ofNullable(content.get("kind")).orElse("");
  }
}
