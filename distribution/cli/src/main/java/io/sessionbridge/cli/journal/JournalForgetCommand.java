package io.sessionbridge.cli.journal;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives up the events that the journal holds for a sink. */
@Command(
    name = "forget",
    description =
        "Removes the cursor of a sink. The journal then keeps no events for this sink. A sink"
            + " with this id starts like a new one.",
    mixinStandardHelpOptions = true)
final class JournalForgetCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  @Parameters(paramLabel = "SINK", description = "Id of the sink.")
  private String sink = "";

  @Option(
      names = "--yes",
      description =
          "Removes the cursor. Without this option, only prints how many events are pending.")
  private boolean yes;

  @Override
  public Integer call() throws CommandException, IOException {
    LogLevel.set("error");
    if (sink.startsWith(".")) {
      throw new CommandException("journal: " + sink + " is the agent's own cursor, not a sink's");
    }
    BridgeConfig read = config.read(BridgeModule.injector());
    try (ClosedJournal closed = ClosedJournal.of(read)) {
      closed.requireCursor(sink);
      if (!yes) {
        throw new CommandException(
            "journal: sink "
                + sink
                + " has not passed "
                + closed.journal().pendingFor(sink)
                + " events: repeat the command with --yes to give them up");
      }
      System.out.println(
          "sink "
              + sink
              + " is forgotten, "
              + closed.journal().forget(sink)
              + " events are given up");
      return ExitCode.DONE;
    } catch (IOException e) {
      throw ClosedJournal.failure(e);
    }
  }
}
