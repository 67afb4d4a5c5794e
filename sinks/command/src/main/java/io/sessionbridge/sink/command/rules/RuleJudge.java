package io.sessionbridge.sink.command.rules;

import io.sessionbridge.sink.command.config.OnRule;
import io.sessionbridge.sink.command.config.Program;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether a rule of a file can ever run here.
 *
 * @param hidden whose names the sink does not get as they are
 * @param missing what this machine or the agent lacks for a program; empty if nothing
 */
record RuleJudge(Set<String> hidden, Function<Program, Optional<String>> missing) {

  RuleJudge {
    hidden = Set.copyOf(hidden);
  }

  /** What is wrong with it, to stand behind its place; empty if nothing is. */
  Optional<String> problem(OnRule rule) {
    return rule.needs(hidden)
        .map(needs -> "cannot be judged: " + needs + ", which privacy keeps from this sink")
        .or(() -> missing.apply(rule.program()).map(lacks -> "cannot run here: " + lacks));
  }
}
