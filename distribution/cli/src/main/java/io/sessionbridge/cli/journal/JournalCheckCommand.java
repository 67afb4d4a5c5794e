package io.sessionbridge.cli.journal;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.Counted;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.journal.JournalCheck;
import io.sessionbridge.journal.JournalCheck.Finding;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks every file of the journal. */
@Command(
    name = "check",
    description =
        "Reads all segments and cursors and reports their content. Changes nothing. Exit code 1 if"
            + " something is damaged.",
    mixinStandardHelpOptions = true)
final class JournalCheckCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws CommandException, IOException {
    LogLevel.set("error");
    BridgeConfig read = config.read(BridgeModule.injector());
    try (ClosedJournal closed = ClosedJournal.of(read)) {
      return printResult(JournalCheck.of(closed.journal()));
    } catch (IOException e) {
      throw ClosedJournal.failure(e);
    }
  }

  private static int printResult(List<Finding> findings) {
    for (Finding finding : findings) {
      System.out.println(finding.file() + ": " + finding.text());
    }
    long damaged = findings.stream().filter(Finding::damaged).count();
    System.out.println(
        Counted.of(findings, "file")
            + (damaged == 0 ? ", no damage" : ", " + damaged + " damaged"));
    return damaged == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }
}
