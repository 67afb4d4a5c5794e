package io.sessionbridge.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A report over the file that an agent in a Java for Windows is writing. */
@Timeout(600)
class GrowingLakeOnWindowsIT {

  private static final int EVENTS = 1500;

  /** So that the agent writes for 30 s at least. */
  private static final int PER_SECOND = 50;

  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");
  private static final Path ANALYTICS =
      Path.of("../analytics/target/sessionbridge-analytics").toAbsolutePath().normalize();

  @TempDir Path folder;

  /** Each logs on another user on the same host, and none logs off: as many sessions at once. */
  private static String event(String kind, int second, int number) {
    return String.format(
        Locale.ROOT,
        "{\"time\":\"%s\",\"kind\":\"%s\",\"host_id\":\"h\",\"host_name\":\"RDS-01\","
            + "\"session_id\":%d,\"session_key\":\"k%d\",\"user_name\":\"user%d\","
            + "\"user_domain\":\"CONTOSO\",\"account_type\":\"domain\"}",
        BEGIN.plusSeconds(second),
        kind,
        number,
        number,
        number);
  }

  private void configure() throws IOException {
    List<String> events = new ArrayList<>();
    for (int number = 1; number <= EVENTS; number++) {
      events.add(event("logon", number, number));
    }
    // A session that begins with the last event lasts no time, and does not count.
    events.add(event("lock", EVENTS + 1, 1));
    Files.write(folder.resolve("recorded.jsonl"), events);
    Files.write(
        folder.resolve("agent.yaml"),
        List.of(
            "data_dir: data",
            "sources: {recorded: {type: replay, path: recorded.jsonl}}",
            "sinks:",
            "  lake: {type: file, path: lake.jsonl, format: json, batch_events: 10,",
            "    max_events_per_second: " + PER_SECOND + "}"));
  }

  /** The peak of RDS-01, which is the number of its sessions that the report has read; 0 before. */
  private int peak() throws Exception {
    Path answer = folder.resolve("answer.csv");
    String program = OS.WINDOWS.isCurrentOs() ? "sessionbridge-report.bat" : "sessionbridge-report";
    Process report =
        new ProcessBuilder(
                ANALYTICS.resolve("bin").resolve(program).toString(),
                "concurrent-sessions",
                "--events",
                folder.resolve("lake.jsonl").toString(),
                "--zone",
                "UTC",
                "--csv")
            .redirectOutput(answer.toFile())
            .redirectError(folder.resolve("report.err").toFile())
            .start();
    assertThat(report.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(report.exitValue()).as(Files.readString(folder.resolve("report.err"))).isZero();
    return Files.readAllLines(answer).stream()
        .filter(line -> line.startsWith("RDS-01,"))
        .mapToInt(line -> Integer.parseInt(line.split(",", -1)[1]))
        .findFirst()
        .orElse(0);
  }

  private static boolean isComplaint(String line) {
    return line.contains(" WARN ") || line.contains(" ERROR ");
  }

  @Test
  void reportsFollowTheFileAndDoNotDisturbTheAgent() throws Exception {
    Wine wine = Wine.orSkip();
    configure();
    List<Integer> peaks = new ArrayList<>();
    try (WindowsProgram agent =
        wine.start(folder, "run", "--config", "agent.yaml", "--exit-when-drained")) {
      agent.awaitErr("runs: 1 source,");
      Path lake = folder.resolve("lake.jsonl");
      Await.until(() -> Files.exists(lake) && Files.size(lake) > 0);
      while (peaks.size() < 2 || agent.isAlive() && peaks.size() < 5) {
        peaks.add(peak());
      }
      assertThat(peaks.get(1)).as("read while the agent wrote").isLessThan(EVENTS);
      agent.awaitEnd(Duration.ofMinutes(3));
      assertThat(agent.exitCode()).as(agent.err()).isZero();
      assertThat(agent.err().lines().filter(GrowingLakeOnWindowsIT::isComplaint)).isEmpty();
    }
    assertThat(peaks).isSorted().anyMatch(peak -> peak > 0);
    assertThat(peak()).isEqualTo(EVENTS);
  }
}
