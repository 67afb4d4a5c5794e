package io.sessionbridge.config;

import java.util.List;

/**
 * The configuration cannot be used. The message is complete and written for the user: one line for
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
