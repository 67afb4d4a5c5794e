package io.sessionbridge.cli.journal;

import static java.util.stream.Collectors.toSet;

import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.SinkEntry;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.OfflineJournal;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the content of the journal and the position of each sink. */
@Command(
    name = "show",
    description =
        "Shows the content of the journal and the progress of each sink. Works while an agent runs,"
            + " and changes nothing.",
    mixinStandardHelpOptions = true)
final class JournalShowCommand implements Callable<Integer> {

  /** The agent may delete a segment while it is read, which is no error. */
  private static final int LOOKS = 5;

  @Mixin private ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws CommandException {
    LogLevel.set("off"); // do not warn about a file that the agent is creating
    BridgeConfig read = config.read(BridgeModule.injector());
    ClosedJournal.requireJournal(read.dataDir());
    try {
      show(look(read.dataDir()), read);
      return ExitCode.DONE;
    } catch (IOException e) {
      throw ClosedJournal.failure(e);
    }
  }

  private static OfflineJournal look(Path folder) throws IOException {
    for (int look = 1; ; look++) {
      try {
        return new OfflineJournal(new FileStorage(), folder);
      } catch (NoSuchFileException gone) {
        if (look == LOOKS) {
          throw gone;
        }
      }
    }
  }

  private static void show(OfflineJournal journal, BridgeConfig config) {
    System.out.println(
        config.dataDir().resolve("journal")
            + ": "
            + journal.segmentCount()
            + (journal.segmentCount() == 1 ? " segment, " : " segments, ")
            + journal.bytes()
            + " bytes, "
            + (journal.lastSequence() < journal.firstSequence()
                ? "no records"
                : "records " + journal.firstSequence() + " to " + journal.lastSequence()));
    Set<String> configured = config.sinks().stream().map(SinkEntry::id).collect(toSet());
    journal
        .cursors()
        .forEach(
            (id, state) -> {
              if (!id.startsWith(".")) {
                System.out.println(sink(id, state, configured.contains(id), journal));
              }
            });
  }

  private static String sink(
      String id, Optional<CursorState> state, boolean configured, OfflineJournal journal) {
    String name = "sink " + id + (configured ? ": " : ", not configured: ");
    if (state.isEmpty()) {
      return name + "its cursor is damaged or missing; see journal check";
    }
    CursorState known = state.get();
    return name
        + journal.pendingFor(id)
        + " pending, "
        + known.delivered()
        + " delivered, "
        + known.filtered()
        + " filtered, "
        + known.rejected()
        + " rejected, "
        + known.lost()
        + " lost";
  }
}
