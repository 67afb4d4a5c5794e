package io.sessionbridge.cli.service;

import io.sessionbridge.cli.CommandGroup;
import picocli.CommandLine.Command;

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
public final class ServiceCommand extends CommandGroup {}
