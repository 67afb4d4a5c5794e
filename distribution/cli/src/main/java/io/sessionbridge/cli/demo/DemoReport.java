package io.sessionbridge.cli.demo;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The result of independent consumers.
 *
 * @param events in the recorded file
 * @param found by receiver, in the order of the report
 */
record DemoReport(int events, Map<String, Count> found) {

  /**
   * One receiver's count.
   *
   * @param events of the recorded file that arrived with the same content
   * @param duplicates arrivals with an id that had arrived before
   * @param strangers events that are not in the file
   */
  record Count(int events, int duplicates, int strangers) {}

  /** Over all receivers. */
  int lost() {
    return found.values().stream().mapToInt(count -> events - count.events()).sum();
  }

  /** Over all receivers. */
  int duplicates() {
    return found.values().stream().mapToInt(Count::duplicates).sum();
  }

  /** Whether each receiver has each event, and nothing else. */
  boolean isRight() {
    return found.values().stream()
        .allMatch(count -> count.events() == events && count.strangers() == 0);
  }

  @Override
  public String toString() {
    return "demo: events "
        + events
        + found.entrySet().stream()
            .map(entry -> ", " + entry.getKey() + " " + entry.getValue().events())
            .collect(Collectors.joining())
        + ", lost "
        + lost()
        + ", duplicates "
        + duplicates();
  }
}
