package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ten answers about a small fleet are those that stand in the golden files, on DuckDB and on
 * ClickHouse. {@code -Dsessionbridge.golden=write} writes the files again.
 */
class GoldenAnswersTest {

  private static final Path GOLDEN =
      Path.of("src/test/resources/io/sessionbridge/analytics/golden");
  private static final Instant TO = FleetDays.FIRST_DAY.plus(Duration.ofDays(3));

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
    TestingClickHouse clickHouse = new TestingClickHouse(folder);
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
    clickHouse.run("clickhouse_answers.py", tables, events, out);
    for (Question question : Question.values()) {
      String file = question.id() + ".csv";
      assertThat(TestingClickHouse.cells(Files.readAllLines(out.resolve(file))))
          .as(file)
          .isEqualTo(TestingClickHouse.cells(Files.readAllLines(GOLDEN.resolve(file))));
    }
  }
}
