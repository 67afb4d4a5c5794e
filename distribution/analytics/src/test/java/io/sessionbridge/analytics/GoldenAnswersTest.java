package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.testkit.RequiredTool;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ten answers about a small fleet are those that stand in the golden files, on DuckDB and on
 * ClickHouse. {@code -Dsessionbridge.golden=write} writes the files again.
 */
class GoldenAnswersTest {

  private static final Path GOLDEN =
      Path.of("src/test/resources/io/sessionbridge/analytics/golden");
  private static final Path SQL = Path.of("src/main/sql");
  private static final Path SCRIPT = Path.of("src/test/python/clickhouse_answers.py");
  private static final Instant TO = FleetDays.FIRST_DAY.plus(Duration.ofDays(3));

  /** Where chdb is, if Python does not have it. */
  private static final String PACKAGES = "SESSIONBRIDGE_PYTHON_PACKAGES";

  @TempDir private Path folder;

  @Test
  void duckDbGivesTheGoldenAnswers() throws Exception {
    Path events = TestingLake.smallFleet(folder);
    try (Lake lake =
        TestingLake.load(List.of(events.toString()), TO, TestingLake.hosts(folder, 15))) {
      for (Question question : Question.values()) {
        String answer = AnswerText.csv(lake.ask(question));
        Path golden = GOLDEN.resolve(question.id() + ".csv");
        if ("write".equals(System.getProperty("sessionbridge.golden"))) {
          Files.createDirectories(GOLDEN);
          Files.writeString(golden, answer);
        }
        assertThat(answer.lines().count()).as(question.id()).isGreaterThan(2);
        assertThat(answer).as(question.id()).isEqualTo(Files.readString(golden));
      }
    }
  }

  @Test
  void clickHouseGivesTheGoldenAnswers() throws Exception {
    String python = RequiredTool.find("python3").toString();
    RequiredTool.require(
        run(python, "-c", "import chdb") == 0,
        "this machine's python3 has no chdb, see " + PACKAGES);
    Path events = TestingLake.smallFleet(folder);
    Path tables = folder.resolve("tables");
    Path hosts = TestingLake.hosts(folder, 15);
    int code =
        Main.execute(
            "tables",
            "--events=" + events,
            "--to=" + TO,
            "--zone=" + TestingLake.ZONE,
            "--hosts=" + hosts,
            "--hours=" + TestingLake.HOURS,
            "--out=" + tables);
    assertThat(code).isZero();
    Path out = Files.createDirectories(folder.resolve("answers"));
    code =
        run(
            python,
            SCRIPT.toString(),
            SQL.toAbsolutePath().toString(),
            tables.toString(),
            events.toString(),
            out.toString());
    assertThat(code).as(Files.readString(folder.resolve("python.log"))).isZero();
    for (Question question : Question.values()) {
      String file = question.id() + ".csv";
      assertThat(cells(out.resolve(file))).as(file).isEqualTo(cells(GOLDEN.resolve(file)));
    }
  }

  private int run(String... command) throws Exception {
    ProcessBuilder process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile());
    Map<String, String> environment = process.environment();
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    String packages = environment.get(PACKAGES);
    if (packages != null) {
      environment.put("PYTHONPATH", packages);
    }
    Process running = process.start();
    if (!running.waitFor(300, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError(List.of(command) + " did not end within 300 s");
    }
    return running.exitValue();
  }

  /** Engines write numbers and quotation marks in their own ways; no cell here holds a comma. */
  private static List<List<String>> cells(Path csv) throws Exception {
    return Files.readAllLines(csv).stream()
        .map(line -> Arrays.stream(line.split(",", -1)).map(GoldenAnswersTest::cell))
        .map(cells -> cells.collect(Collectors.toList()))
        .toList();
  }

  private static String cell(String text) {
    String bare = text.equals("\\N") ? "" : text.replace("\"", "");
    return bare.matches("-?[0-9]+(\\.[0-9]+)?")
        ? new BigDecimal(bare).stripTrailingZeros().toPlainString()
        : bare;
  }
}
