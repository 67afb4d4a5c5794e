package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.cli.receivers.KafkaReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent of the bundle writes is what the questions are asked about. */
class AgentLakeIT {

  private static final Path BUNDLE = Path.of("../bundle/target/sessionbridge").toAbsolutePath();
  private static final Path RECORDED =
      Path.of(
          "../../core/runtime/src/test/resources/io/sessionbridge/sessions/recorded-hosts.jsonl");
  private static final Path OFFICE_DAY = Path.of("../demo/src/main/resources/office-day.jsonl");
  private static final Instant OFFICE_ENDS = Instant.parse("2026-11-21T08:00:00Z");
  private static final String TOPIC = "sessionbridge.events.v1";

  @TempDir private Path folder;

  private void run(Path recording, List<String> sinks) throws Exception {
    List<String> config = new ArrayList<>();
    config.add("data_dir: data");
    config.add("sources: {recorded: {type: replay, path: '" + recording.toRealPath() + "'}}");
    config.add("sinks:");
    config.add("  lake: {type: file, path: lake.jsonl, format: json}");
    config.addAll(sinks);
    Path file = Files.write(folder.resolve("agent.yaml"), config);
    Process agent =
        new ProcessBuilder(
                BUNDLE.resolve("bin/sessionbridge").toString(),
                "run",
                "--config",
                file.toString(),
                "--exit-when-drained")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("agent.log").toFile())
            .start();
    assertThat(agent.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(agent.exitValue()).as(Files.readString(folder.resolve("agent.log"))).isZero();
  }

  private List<String> answers(String files) throws Exception {
    try (Lake lake = TestingLake.load(List.of(files), OFFICE_ENDS, TestingLake.NO_HOSTS)) {
      assertThat(lake.unreadable()).isZero();
      return TestingLake.answers(lake);
    }
  }

  @Test
  void theOfficeDayGivesTheSameAnswersByFileByKafkaAndByParquet() throws Exception {
    try (KafkaReceiver kafka = new KafkaReceiver(BUNDLE.resolve("lib/demo"), folder)) {
      kafka.launch();
      kafka.awaitReady();
      List<String> sinks = new ArrayList<>();
      for (String format : List.of("cloudevents_binary", "cloudevents", "json")) {
        sinks.add("  " + format + ":");
        kafka.sinkKeys().forEach(key -> sinks.add("    " + key));
        sinks.add("    format: " + format);
      }
      run(OFFICE_DAY, sinks); // each event three times, in three formats
      List<String> expected = answers(folder.resolve("lake.jsonl").toString());
      assertThat(expected.get(0)).contains("RDS-01,3,2026-11-20T07:12:55Z,1.739");

      Path read = folder.resolve("read.jsonl");
      assertThat(new KafkaTopic(kafka.address(), TOPIC, null).copyTo(read)).isZero();
      assertThat(Files.readAllLines(read)).hasSizeGreaterThan(3 * 412);
      assertThat(answers(read.toString())).isEqualTo(expected);
      assertThatClickHouseAnswers(kafka.address(), expected);
    }
    Path parquet = folder.resolve("parquet");
    Path lake = folder.resolve("lake.jsonl");
    assertThat(Main.execute("compact", "--events=" + lake, "--out=" + parquet)).isZero();
    assertThat(answers(parquet + "/*/*.parquet"))
        .isEqualTo(answers(folder.resolve("lake.jsonl").toString()));
  }

  /** Its Kafka engine reads the topic, by the file that is shipped. */
  private void assertThatClickHouseAnswers(String broker, List<String> expected) throws Exception {
    Path lake = folder.resolve("lake.jsonl");
    Path tables = folder.resolve("tables");
    int code =
        Main.execute(
            "tables",
            "--events=" + lake,
            "--to=" + OFFICE_ENDS,
            "--zone=" + TestingLake.ZONE,
            "--hosts=" + TestingLake.NO_HOSTS,
            "--hours=" + TestingLake.HOURS,
            "--out=" + tables);
    assertThat(code).isZero();
    Path out = Files.createDirectories(folder.resolve("answers"));
    long events = Files.readAllLines(lake).size();
    new TestingClickHouse(folder).run("clickhouse_answers.py", tables, broker + "/" + events, out);
    for (String wanted : expected) {
      String question = wanted.lines().findFirst().orElseThrow();
      List<String> answer = Files.readAllLines(out.resolve(question + ".csv"));
      assertThat(TestingClickHouse.cells(answer))
          .as(question)
          .isEqualTo(TestingClickHouse.cells(wanted.lines().skip(1).toList()));
    }
  }

  /**
   * Event logs of real machines: 392 logons, of which 245 are pseudo users'. The logs have the
   * logoff of 36 lives. One more life ends with a logoff that the agent inferred: there is no
   * record of it, but the user logged on again in the session of the same number.
   */
  @Test
  void recordedHostsHaveFortyFourLives() throws Exception {
    run(RECORDED, List.of());
    try (Lake lake =
        TestingLake.load(
            List.of(folder.resolve("lake.jsonl").toString()),
            Instant.now(),
            TestingLake.NO_HOSTS)) {
      Answer logons =
          lake.ask(
              "SELECT COUNT(*) AS lives,"
                  + " SUM(CASE WHEN l.ended = 'told' THEN 1 ELSE 0 END) AS ended,"
                  + " SUM(CASE WHEN l.ended = 'told' AND e.inferred = 0 THEN 1 ELSE 0 END) AS told,"
                  + " SUM(CASE WHEN l.user_key LIKE 'S-1-5-9%' OR l.user_name LIKE '%/DWM-%'"
                  + " OR l.user_name LIKE '%/UMFD-%' THEN 1 ELSE 0 END) AS pseudo"
                  + " FROM lives l LEFT JOIN (SELECT host_id, session_key,"
                  + " MIN(inferred) AS inferred FROM events WHERE kind = 'logoff'"
                  + " GROUP BY host_id, session_key) e"
                  + " ON e.host_id = l.host_id AND e.session_key = l.session_key"
                  + " WHERE l.began = 'logon'");
      assertThat(logons.rows()).hasSize(1);
      assertThat(logons.rows().get(0))
          .extracting(String::valueOf)
          .containsExactly("44", "37", "36", "0");
      assertThat(
              lake.ask(
                      "SELECT e.host_name, e.user_name, e.us FROM events e"
                          + " WHERE e.kind = 'logoff' AND e.inferred = 1 AND e.pseudo = 0")
                  .rows())
          .singleElement()
          .asString()
          .contains("anit.ghosh");
    }
  }
}
