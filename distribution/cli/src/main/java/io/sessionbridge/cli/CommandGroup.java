package io.sessionbridge.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that requires a subcommand. */
public abstract class CommandGroup implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public final Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not called by picocli");
    }
    throw new ParameterException(
        spec.commandLine(), "one of " + String.join(", ", WrongUsage.shown(spec)) + " is missing");
  }
}
