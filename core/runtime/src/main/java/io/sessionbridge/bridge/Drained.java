package io.sessionbridge.bridge;

import java.util.List;

/**
 * Whether everything was delivered.
 *
 * @param problems a line for each sink or source that has not finished; empty if all have
 */
public record Drained(List<String> problems) {

  public Drained {
    problems = List.copyOf(problems);
  }

  public boolean complete() {
    return problems.isEmpty();
  }
}
