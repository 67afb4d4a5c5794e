package io.sessionbridge.cli.ask;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.control.ControlClient;
import io.sessionbridge.control.JsonLine;
import java.io.IOException;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the status of the running agent. */
@Command(
    name = "status",
    description = {
      "Shows the status of the running agent: each part and what to do, the backlog of each sink,"
          + " the sessions, the last event.",
      "Exits with 1 if no agent answers or its journal is down."
    },
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

  @Mixin private AgentOption agent = new AgentOption();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws CommandException {
    LogLevel.set("off");
    try (ControlClient client = agent.connect()) {
      JsonLine answer = client.status();
      if (json) {
        JsonOutput.print(answer);
      } else {
        new StatusScreen(answer, client.isAdministrator(), ZoneId.systemDefault())
            .lines()
            .forEach(System.out::println);
      }
      if (!client.newerQuestions().isEmpty()) {
        System.err.println(
            "sessionbridge: agent "
                + client.agentVersion()
                + " is newer and also answers "
                + String.join(", ", client.newerQuestions())
                + ", which this program does not support");
      }
      boolean down = answer.object("status").text("health").filter("down"::equals).isPresent();
      return down ? ExitCode.FAILED : ExitCode.DONE;
    } catch (IOException e) {
      throw new CommandException("the agent does not answer: " + e.getMessage());
    }
  }
}
