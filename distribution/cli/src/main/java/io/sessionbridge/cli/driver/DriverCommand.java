package io.sessionbridge.cli.driver;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.CommandGroup;
import io.sessionbridge.windows.window.SessionWindow;
import picocli.CommandLine.Command;

/** The kernel driver. */
@Command(
    name = "driver",
    description = "Installs, removes or shows the Windows driver that source kernel reads.",
    mixinStandardHelpOptions = true,
    subcommands = {
      DriverInstallCommand.class,
      DriverUninstallCommand.class,
      DriverStatusCommand.class
    })
public final class DriverCommand extends CommandGroup {

  static void requireWindows() throws CommandException {
    if (!SessionWindow.isSupported()) {
      throw new CommandException(
          "the driver is for Windows, this is " + System.getProperty("os.name"));
    }
  }
}
