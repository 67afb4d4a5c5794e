package io.sessionbridge.sink.command.config;

import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a program for each event of some kinds.
 *
 * @param kinds which
 * @param where for which computers and users
 * @param program what
 * @param maxAge older events run nothing
 * @param retries how often a failed program runs again
 * @param retryDelay before each retry
 * @param timeout the time after which it is killed
 * @param replayed whether it also runs for events that a source read from a record of the past
 */
public record OnRule(
    Set<Kind> kinds,
    Where where,
    Program program,
    Duration maxAge,
    int retries,
    Duration retryDelay,
    Duration timeout,
    boolean replayed) {

  public OnRule {
    kinds = Set.copyOf(kinds);
  }

  /**
   * Why the rule cannot be evaluated without hidden names; empty if it can.
   *
   * @param hidden what privacy hides from the sink: {@code users}, {@code hosts}
   */
  public Optional<String> needs(Set<String> hidden) {
    if (hidden.contains("users")) {
      if (program.runAs() == RunAs.SESSION_USER) {
        return Optional.of("run_as: session_user needs the names of users");
      }
      if (!where.users().isEmpty() || !where.groups().isEmpty()) {
        return Optional.of(
            "where."
                + (where.users().isEmpty() ? "groups" : "users")
                + " needs the names of users");
      }
    }
    return hidden.contains("hosts") && !where.computers().isEmpty()
        ? Optional.of("where.computers needs the names of hosts")
        : Optional.empty();
  }
}
