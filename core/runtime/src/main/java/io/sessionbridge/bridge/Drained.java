package io.sessionbridge.bridge;

import java.util.List;

/**
 * Whether everything has arrived.
 *
 * @param problems a line for each sink or source that has not done its part; empty if all did
 */
public record Drained(List<String> problems) {

  public Drained {
    problems = List.copyOf(problems);
  }

  public boolean complete() {
    return problems.isEmpty();
  }
}
