package io.sessionbridge.cli.driver;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.WindowsException;
import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverInstaller;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Removes the driver. */
@Command(
    name = "uninstall",
    description =
        "Stops and removes the driver. Stop the agent first: refuses while a program reads the"
            + " driver, since Windows would not unload it.",
    mixinStandardHelpOptions = true)
final class DriverUninstallCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException, WindowsException {
    DriverCommand.requireWindows();
    try {
      new DriverInstaller(System.out::println).uninstall();
    } catch (DriverException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    return ExitCode.DONE;
  }
}
