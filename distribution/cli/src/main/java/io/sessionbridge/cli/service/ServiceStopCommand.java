package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.WindowsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the service. */
@Command(
    name = "stop",
    description = "Stops the Windows service and waits until it has stopped.",
    mixinStandardHelpOptions = true)
final class ServiceStopCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException, WindowsException {
    AgentService.manager("stop sessionbridge").stop(AgentService.NAME);
    return ExitCode.DONE;
  }
}
