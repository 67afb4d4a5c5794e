package io.sessionbridge.cli.driver;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverInstaller;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Installs the driver. */
@Command(
    name = "install",
    description = {
      "Installs the driver and starts it. It then starts with Windows.",
      "Refuses if Windows would not load it. The driver is not part of SessionBridge's"
          + " packages: docs/sources/kernel says who builds and signs it."
    },
    mixinStandardHelpOptions = true)
final class DriverInstallCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "the signed driver, sessionbridge.sys")
  private Path file = Path.of("");

  @Override
  public Integer call() throws CommandException {
    DriverCommand.requireWindows();
    try {
      new DriverInstaller(System.out::println).install(file);
    } catch (DriverException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    return ExitCode.DONE;
  }
}
