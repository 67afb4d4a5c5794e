package io.sessionbridge.cli.journal;

import com.google.inject.Injector;
import io.sessionbridge.bridge.BridgeConfig;
import io.sessionbridge.bridge.BridgeModule;
import io.sessionbridge.bridge.JournalLines;
import io.sessionbridge.bridge.Plugins;
import io.sessionbridge.cli.CommandException;
import io.sessionbridge.cli.ConfigOption;
import io.sessionbridge.cli.ExitCode;
import io.sessionbridge.cli.LogLevel;
import io.sessionbridge.delivery.JournalExport;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.OfflineJournal;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the events of the journal. */
@Command(
    name = "export",
    description =
        "Prints the events of the journal as CloudEvents, one per line, with gaps. Changes"
            + " nothing. A source of type replay reads this output.",
    mixinStandardHelpOptions = true)
final class JournalExportCommand implements Callable<Integer> {

  private static final int BUFFER = 64 << 10;

  @Mixin private ConfigOption config = new ConfigOption();

  @Option(
      names = "--sink",
      paramLabel = "ID",
      description = "Only events after the cursor of this sink. Its select does not apply.")
  private @Nullable String sink;

  @Override
  public Integer call() throws CommandException, IOException {
    LogLevel.set("error");
    Injector injector = BridgeModule.injector();
    BridgeConfig read = config.read(injector);
    try (ClosedJournal closed = ClosedJournal.of(read);
        JournalReader reader = reader(closed)) {
      OutputStream out = new BufferedOutputStream(System.out, BUFFER);
      JournalExport.Totals totals =
          JournalLines.write(reader, read, injector.getInstance(Plugins.class), out);
      System.err.printf(
          "%d events, %d gaps, %d records that this version cannot read%n",
          totals.events(), totals.gaps(), totals.unreadable());
      return totals.unreadable() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    } catch (IOException e) {
      throw ClosedJournal.failure(e);
    }
  }

  private JournalReader reader(ClosedJournal closed) throws CommandException {
    OfflineJournal journal = closed.journal();
    if (sink == null) {
      return journal.reader();
    }
    closed.requireCursor(sink);
    return journal.readerFrom(sink);
  }
}
