package io.sessionbridge.analytics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes what other engines need to know beside the events. */
@Command(
    name = "tables",
    description =
        "Writes hosts.csv, zone_offsets.csv and open_hours.csv for another engine, from the first"
            + " event to the day --until.",
    mixinStandardHelpOptions = true)
final class TablesCommand implements Callable<Integer> {

  private static final List<String> TABLES =
      List.of("hosts", "zone_offsets", "open_hours", "report");

  @Spec private @Nullable CommandSpec spec;

  @Mixin private LakeOptions lake = new LakeOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "Where to write them; it is made if it is missing.")
  private Path out = Path.of("");

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "The last day of opening hours and zones (default: the end of next year).")
  private @Nullable LocalDate until;

  @Override
  public Integer call() throws ReportException, IOException {
    LocalDate last =
        until == null ? LocalDate.of(Year.now(lake.zone()).getValue() + 1, 12, 31) : until;
    Files.createDirectories(out);
    try (Lake events = lake.load(Objects.requireNonNull(spec).commandLine().getErr(), last)) {
      for (String table : TABLES) {
        Answer all = events.ask("SELECT * FROM " + table + " ORDER BY ALL");
        Files.writeString(out.resolve(table + ".csv"), AnswerText.csv(all));
      }
    }
    return 0;
  }
}
