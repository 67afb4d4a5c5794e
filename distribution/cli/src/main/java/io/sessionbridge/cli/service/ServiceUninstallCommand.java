package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.WindowsException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Removes the service. */
@Command(
    name = "uninstall",
    description = "Stops and removes the Windows service. Its data stays.",
    mixinStandardHelpOptions = true)
final class ServiceUninstallCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException, WindowsException {
    AgentService.manager("disable --now sessionbridge").uninstall(AgentService.NAME);
    return ExitCode.DONE;
  }
}
