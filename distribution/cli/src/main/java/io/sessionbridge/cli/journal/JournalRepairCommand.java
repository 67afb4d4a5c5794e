package io.sessionbridge.cli.journal;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.Counted;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalCheck;
import io.sessionbridge.journal.JournalCheck.Finding;
import io.sessionbridge.journal.OfflineJournal;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Applies the repairs of the agent's next start. */
@Command(
    name = "repair",
    description = {
      "Opens the journal once, like the next start of the agent: recreates damaged cursors at the"
          + " oldest event. Deletes nothing: a damaged file is set aside.",
      "A damaged record cannot be brought back. Each sink that has not passed it gets a gap."
    },
    mixinStandardHelpOptions = true)
final class JournalRepairCommand implements Callable<Integer> {

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--yes",
      description = "Repairs. Without this option, only prints what is damaged.")
  private boolean yes;

  @Override
  public Integer call() throws CommandException, IOException {
    LogLevel.set("error");
    BridgeConfig read = config.read(BridgeModule.injector());
    try (ClosedJournal closed = ClosedJournal.of(read)) {
      List<Finding> damaged = damaged(closed.journal());
      damaged.forEach(JournalRepairCommand::print);
      if (damaged.isEmpty()) {
        System.out.println("nothing to repair");
        return ExitCode.DONE;
      }
      if (!yes) {
        throw new CommandException(
            "journal: "
                + Counted.of(damaged, "file")
                + " damaged: repeat the command with --yes to repair");
      }
      requireOwner(read.dataDir());
      repair(read);
      printResult(damaged(new OfflineJournal(new FileStorage(), read.dataDir())), damaged.size());
      return ExitCode.DONE;
    } catch (IOException e) {
      throw ClosedJournal.failure(e);
    }
  }

  private static List<Finding> damaged(OfflineJournal journal) throws IOException {
    return JournalCheck.of(journal).stream().filter(Finding::damaged).toList();
  }

  private static void print(Finding finding) {
    System.out.println(finding.file() + ": " + finding.text());
  }

  /** The agent could not write files that another user, such as root, creates there. */
  private static void requireOwner(Path folder) throws CommandException, IOException {
    Path process = Path.of("/proc/self");
    if (!Files.exists(process)) { // only there this user is easily determined
      return;
    }
    UserPrincipal owner = Files.getOwner(folder);
    UserPrincipal self = Files.getOwner(process);
    if (!owner.equals(self)) {
      throw new CommandException(
          "journal: "
              + folder
              + " belongs to "
              + owner.getName()
              + " and this user is "
              + self.getName()
              + ": the agent could not write the new files; repeat the command as "
              + owner.getName());
    }
  }

  private static void repair(BridgeConfig read) throws IOException {
    Journal.open(read.journal(), read.dataDir(), new FileStorage(), Clock.system()).close();
  }

  private static void printResult(List<Finding> left, int before) {
    System.out.println(
        (before - left.size())
            + " repaired"
            + (left.isEmpty()
                ? ""
                : ", " + left.size() + " with lost records: sinks get a gap for them"));
  }
}
