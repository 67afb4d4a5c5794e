package io.sessionbridge.config;

import java.util.List;

/**
 * Thrown for an invalid configuration. The message is complete and meant for the user: one line for
 * each problem, in the order of the file. The command line prints it without a stack trace and
 * exits with 78.
 */
public final class ConfigException extends RuntimeException {
  private final transient List<Problem> problems;

  ConfigException(String message, List<Problem> problems) {
    super(message);
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
