package io.sessionbridge.cli.driver;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
public final class DriverCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not called by picocli");
    }
    throw new ParameterException(
        spec.commandLine(), "sessionbridge driver: one of install, uninstall, status is missing");
  }

  static void requireWindows() throws CommandException {
    if (!SessionWindow.isSupported()) {
      throw new CommandException(
          "the driver is for Windows, this is " + System.getProperty("os.name"));
    }
  }
}
