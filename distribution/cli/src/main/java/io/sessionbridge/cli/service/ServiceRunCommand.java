package io.sessionbridge.cli.service;

import io.sessionbridge.bridge.BridgeException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.cli.StopSignal;
import io.sessionbridge.cli.run.AgentRun;
import io.sessionbridge.cli.run.RunCommand;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.service.ServiceHost;
import io.sessionbridge.windows.service.ServiceHost.Outcome;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The entry point for the Windows service manager. */
@Command(
    name = "run",
    description = "Called by Windows to start the service. In a console, same as run.",
    mixinStandardHelpOptions = true)
final class ServiceRunCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();
  @Mixin private AllowWritable writable = new AllowWritable();

  @Override
  public Integer call() throws BridgeException, WindowsException, InterruptedException {
    if (SessionWindow.isSupported()
        && ServiceHost.run(AgentService.NAME, new AgentService(config, writable.dataFolder()))
            == Outcome.RAN) {
      return ExitCode.DONE; // an error is in the service's status
    }
    System.err.println(
        "sessionbridge: not started by the Windows service control manager (error 1063), so it runs"
            + " in this console; press Ctrl+C to stop; sessionbridge service start starts the"
            + " service");
    AgentRun agent = AgentRun.of(config);
    LogLevel.set(agent.config().logLevel());
    try (StopSignal stop = StopSignal.install()) {
      return agent.run(stop, RunCommand::untilStopped);
    }
  }
}
