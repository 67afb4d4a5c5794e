package io.sessionbridge.cli.driver;

import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.windows.driver.DriverException;
import io.sessionbridge.windows.driver.DriverStatistics;
import io.sessionbridge.windows.driver.InstalledDriver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the status of the driver. */
@Command(
    name = "status",
    description =
        "Shows the driver's counters. Exits with 0 if it receives session events, otherwise with 1.",
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
    String reception =
        now.registered()
            ? "receives session events"
            : String.format("receives nothing (registration status 0x%08X)", now.registerStatus());
    return "the driver "
        + reception
        + "; records "
        + now.published()
        + ", lost "
        + now.lost()
        + ", unread "
        + now.queued()
        + (now.hasReader() ? "; a program reads it" : "; no program reads it");
  }
}
