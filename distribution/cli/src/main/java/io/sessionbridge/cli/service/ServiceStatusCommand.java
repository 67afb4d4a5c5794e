package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.service.ServiceReport;
import io.sessionbridge.windows.service.ServiceState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the state of the service. */
@Command(
    name = "status",
    description =
        "Shows the state of the Windows service. Exits with 0 if it runs, otherwise with 1.",
    mixinStandardHelpOptions = true)
final class ServiceStatusCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException, WindowsException {
    Optional<ServiceReport> report =
        AgentService.manager("status sessionbridge").report(AgentService.NAME);
    System.out.println(
        "service "
            + AgentService.NAME
            + " is "
            + report.map(ServiceReport::text).orElse("not installed"));
    boolean runs = report.filter(now -> now.state() == ServiceState.RUNNING).isPresent();
    return runs ? ExitCode.DONE : ExitCode.FAILED;
  }
}
