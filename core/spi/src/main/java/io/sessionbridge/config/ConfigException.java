package io.sessionbridge.config;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A configuration that cannot be used. The message has a line for each mistake. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public ConfigException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
