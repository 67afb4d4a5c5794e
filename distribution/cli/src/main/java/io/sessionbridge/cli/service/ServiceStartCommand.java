package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.WindowsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts the service. */
@Command(
    name = "start",
    description = "Starts the Windows service and waits until it runs.",
    mixinStandardHelpOptions = true)
final class ServiceStartCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException, WindowsException {
    AgentService.manager("start sessionbridge").start(AgentService.NAME);
    return ExitCode.DONE;
  }
}
