package io.sessionbridge.cli;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalCheck;
import io.sessionbridge.journal.JournalCheck.Finding;
import io.sessionbridge.journal.OfflineJournal;
import io.sessionbridge.journal.Start;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does what the next start of the agent would do about damage. */
@Command(
    name = "repair",
    description = {
      "Cuts an unfinished end off the journal and makes damaged cursors again at the oldest event,"
          + " as the next start of the agent does. Deletes nothing: a damaged file is set aside.",
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
      repair(read, closed.journal());
      tell(damaged(new OfflineJournal(new FileStorage(), read.dataDir())), damaged.size());
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

  private static void repair(BridgeConfig read, OfflineJournal before) throws IOException {
    try (Journal journal =
        Journal.open(read.journal(), read.dataDir(), new FileStorage(), Clock.system())) {
      for (Map.Entry<String, Optional<CursorState>> cursor : before.cursors().entrySet()) {
        if (cursor.getValue().isEmpty()) {
          journal.cursors().open(cursor.getKey(), Start.OLDEST);
        }
      }
    }
  }

  private static void tell(List<Finding> left, int before) {
    System.out.println(
        (before - left.size())
            + " repaired"
            + (left.isEmpty()
                ? ""
                : ", " + left.size() + " with records that are lost: sinks get a gap for them"));
  }
}
