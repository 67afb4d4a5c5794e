package io.sessionbridge.cli.service;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The agent as a service. */
@Command(
    name = "service",
    description = "Installs, starts, stops, restarts or removes the Windows service.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServiceInstallCommand.class,
      ServiceUninstallCommand.class,
      ServiceStartCommand.class,
      ServiceStopCommand.class,
      ServiceRestartCommand.class,
      ServiceStatusCommand.class,
      ServiceRunCommand.class
    })
public final class ServiceCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not called by picocli");
    }
    throw new ParameterException(
        spec.commandLine(),
        "sessionbridge service: one of install, uninstall, start, stop, restart, status is"
            + " missing");
  }
}
