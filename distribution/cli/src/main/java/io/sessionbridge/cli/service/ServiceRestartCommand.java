package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.service.ServiceManager;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Restarts the service, to apply a changed configuration. */
@Command(
    name = "restart",
    description =
        "Restarts the Windows service, which applies a changed configuration. Each sink continues"
            + " from its cursor.",
    mixinStandardHelpOptions = true)
final class ServiceRestartCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException, WindowsException {
    ServiceManager services = AgentService.manager("restart sessionbridge");
    services.stop(AgentService.NAME);
    services.start(AgentService.NAME);
    return ExitCode.DONE;
  }
}
