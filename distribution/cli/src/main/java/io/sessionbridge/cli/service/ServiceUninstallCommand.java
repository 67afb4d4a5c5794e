package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.cache.ClassCache;
import io.sessionbridge.windows.WindowsException;
import java.io.IOException;
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
    ClassCache cache = ClassCache.ofThisJava();
    try {
      cache.delete();
    } catch (IOException e) {
      throw new CommandException("the service is removed, but not its class cache: " + e, e);
    }
    return ExitCode.DONE;
  }
}
