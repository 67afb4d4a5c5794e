package io.sessionbridge.cli.journal;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The journal of an agent that does not run. */
@Command(
    name = "journal",
    description =
        "Shows, checks, exports or repairs the journal, or forgets a sink. The agent must be"
            + " stopped, except for show.",
    mixinStandardHelpOptions = true,
    subcommands = {
      JournalShowCommand.class,
      JournalCheckCommand.class,
      JournalExportCommand.class,
      JournalRepairCommand.class,
      JournalForgetCommand.class
    })
public final class JournalCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not called by picocli");
    }
    throw new ParameterException(
        spec.commandLine(),
        "sessionbridge journal: one of show, check, export, repair, forget is missing");
  }
}
