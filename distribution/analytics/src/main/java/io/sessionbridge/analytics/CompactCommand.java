package io.sessionbridge.analytics;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes Parquet of lines. */
@Command(
    name = "compact",
    description =
        "Writes the events of each day (UTC) to FOLDER/day=YYYY-MM-DD/events.parquet, each event"
            + " once. What the file has already stays in it.",
    mixinStandardHelpOptions = true)
final class CompactCommand implements Callable<Integer> {

  private static final String FILE = "events.parquet";

  @Spec private @Nullable CommandSpec spec;

  @Mixin private LakeOptions lake = new LakeOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      required = true,
      description = "The folder of the days; it is made if it is missing.")
  private Path out = Path.of("");

  @Option(names = "--day", paramLabel = "DATE", description = "One day only (default: all).")
  private String day = "";

  @Override
  public Integer call() throws ReportException, IOException {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try (Duck duck = lake.duck()) {
      duck.run(
          "CREATE TABLE lines AS SELECT *, SUBSTRING(time, 1, 10) AS day FROM "
              + lake.relation(duck, err)
              + " WHERE id IS NOT NULL AND TRY_CAST(time AS TIMESTAMP) IS NOT NULL"
              + " AND sequence IS NOT NULL AND kind IS NOT NULL AND host_id IS NOT NULL"
              + (day.isEmpty() ? "" : " AND time LIKE " + SqlText.quoted(checked(day) + "T%")));
      List<String> days = new ArrayList<>();
      for (List<@Nullable Object> row :
          duck.ask("SELECT DISTINCT day FROM lines ORDER BY day").rows()) {
        days.add(String.valueOf(row.get(0)));
      }
      for (String one : days) {
        write(duck, one);
      }
    }
    return 0;
  }

  private static String checked(String day) throws ReportException {
    try {
      return LocalDate.parse(day).toString();
    } catch (DateTimeException e) {
      throw new ReportException("--day " + day + " is no date such as 2026-11-20");
    }
  }

  /** Whole or not at all: a reader never sees half a file. */
  private void write(Duck duck, String one) throws ReportException, IOException {
    Path folder = Files.createDirectories(out.resolve("day=" + checked(one)));
    Path file = folder.resolve(FILE);
    String all = "SELECT " + LakeColumns.names() + " FROM lines WHERE day = " + SqlText.quoted(one);
    if (Files.exists(file)) {
      all += " UNION ALL SELECT * FROM " + EventFiles.relation(List.of(file.toString()));
    }
    Path half = folder.resolve(FILE + ".writing");
    duck.run(
        "COPY (SELECT DISTINCT ON (source, id) * FROM ("
            + all
            + ") ORDER BY host_id, sequence) TO "
            + SqlText.quoted(half.toString())
            + " (FORMAT parquet, COMPRESSION zstd)");
    long events =
        duck.number("SELECT COUNT(*) FROM read_parquet(" + SqlText.quoted(half.toString()) + ")");
    Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    System.out.printf("%s: %d events, %d KiB%n", file, events, Files.size(file) / 1024);
  }
}
