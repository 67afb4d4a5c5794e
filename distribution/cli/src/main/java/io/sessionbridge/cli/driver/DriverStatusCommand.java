package io.sessionbridge.cli.driver;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverStatistics;
import io.sessionbridge.windows.driver.InstalledDriver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Tells how the driver is. */
@Command(
    name = "status",
    description =
        "Shows what the driver counts. Exits with 0 if it hears sessions, otherwise with 1.",
    mixinStandardHelpOptions = true)
final class DriverStatusCommand implements Callable<Integer> {

  @Override
  public Integer call() throws CommandException {
    DriverCommand.requireWindows();
    try {
      DriverStatistics now = new InstalledDriver().statistics();
      System.out.println(text(now));
      return now.registered() ? ExitCode.DONE : ExitCode.FAILED;
    } catch (DriverException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  static String text(DriverStatistics now) {
    String hears =
        now.registered()
            ? "hears sessions"
            : String.format("hears nothing (registration status 0x%08X)", now.registerStatus());
    return "the driver "
        + hears
        + "; records "
        + now.published()
        + ", lost "
        + now.lost()
        + ", not read yet "
        + now.queued()
        + (now.hasReader() ? "; a program reads it" : "; nobody reads it");
  }
}
