package io.sessionbridge.sink.command.rules;

import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.config.Program;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Checks whether a rule of a file can ever run here.
 *
 * @param hidden whose names privacy hides from the sink
 * @param missing what this machine or the agent lacks for a program; empty if nothing
 */
record RuleCheck(Set<String> hidden, Function<Program, Optional<String>> missing) {

  RuleCheck {
    hidden = Set.copyOf(hidden);
  }

  /** The problem, to follow the place of the rule; empty if there is none. */
  Optional<String> problem(OnRule rule) {
    return rule.needs(hidden)
        .map(needs -> "cannot be evaluated: " + needs + ", which privacy hides from this sink")
        .or(() -> missing.apply(rule.program()).map(lacks -> "cannot run here: " + lacks));
  }
}
