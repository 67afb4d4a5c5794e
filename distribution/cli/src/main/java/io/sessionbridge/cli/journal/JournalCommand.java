package io.sessionbridge.cli.journal;

import io.sessionbridge.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class JournalCommand extends CommandGroup {}
