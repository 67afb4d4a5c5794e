package io.sessionbridge.sink.command;

import io.sessionbridge.event.Kind;
import java.time.Duration;
import java.util.Set;

/**
 * Runs a program for each event of some kinds.
 *
 * @param kinds which
 * @param where for which computers and users
 * @param program what
 * @param maxAge an older event runs nothing
 * @param retries how often a program that failed runs again
 * @param retryDelay before that
 * @param timeout after which it is killed
 */
record OnRule(
    Set<Kind> kinds,
    Where where,
    Program program,
    Duration maxAge,
    int retries,
    Duration retryDelay,
    Duration timeout) {

  OnRule {
    kinds = Set.copyOf(kinds);
  }
}
