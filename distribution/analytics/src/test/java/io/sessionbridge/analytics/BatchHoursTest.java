package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of one host by hand, and the hours in which it could have worked. */
class BatchHoursTest {

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();

  private void at(String time, String kind) {
    at(time, kind, "");
  }

  private void at(String time, String kind, String fields) {
    lines.add(
        String.format(
            "{\"id\":\"a-%1$d\",\"time\":\"2026-11-20T%2$s:00Z\",\"sequence\":\"%1$020d\","
                + "\"kind\":\"%3$s\",\"host_id\":\"h\",\"host_name\":\"HOST7\"%4$s}",
            lines.size() + 1, time, kind, fields));
  }

  /** The idle stretches, begin and end in hours. */
  private List<String> idle() throws Exception {
    return ask(
        "SELECT local_text(begin_us)[12:16] AS a, local_text(until_us)[12:16] AS b FROM idle"
            + " ORDER BY begin_us");
  }

  private List<String> ask(String sql) throws Exception {
    Path file = Files.write(folder.resolve("day.jsonl"), lines);
    try (Lake lake =
        TestingLake.load(
            List.of(file.toString()),
            Instant.parse("2026-11-21T00:00:00Z"),
            TestingLake.NO_HOSTS)) {
      return AnswerText.csv(lake.ask(sql)).lines().skip(1).toList();
    }
  }

  @Test
  void anIdleHostIsThereUntilSomebodyReturns() throws Exception {
    at("08:00", "bridge_start");
    at("09:00", "host_idle");
    at("09:15", "bridge_heartbeat");
    at("12:00", "host_active");
    at("13:00", "host_idle");
    at("13:30", "host_active", ",\"reason\":\"unknown\"");
    assertThat(idle()).containsExactly("09:00,12:00", "13:00,13:30");
    assertThat(ask(Question.BATCH_HOURS.sql())).containsExactly("HOST7,all,2,3.5,1,3,50");
  }

  @Test
  void sleepIsNotThere() throws Exception {
    at("08:00", "bridge_start");
    at("09:00", "host_idle");
    at("11:00", "host_suspend");
    at("15:00", "host_resume");
    at("17:00", "host_active");
    at("18:00", "host_suspend");
    at("19:00", "host_resume");
    at("20:00", "bridge_heartbeat");
    assertThat(idle()).containsExactly("09:00,11:00", "15:00,17:00");
  }

  /** It goes on as it was, until the agent says otherwise; what it did not hear does not count. */
  @Test
  void aTimeWithoutTheAgentIsNotThere() throws Exception {
    at("08:00", "bridge_start");
    at("09:00", "host_idle");
    at("10:00", "bridge_stop");
    at("11:00", "bridge_start");
    at("12:00", "bridge_heartbeat"); // and is killed
    at("14:00", "bridge_start");
    at("15:00", "host_active");
    assertThat(idle()).containsExactly("09:00,10:00", "11:00,12:00", "14:00,15:00");
  }

  @Test
  void aHostThatIsShutDownIsNotThere() throws Exception {
    at("08:00", "bridge_start");
    at("09:00", "host_idle");
    at("10:00", "host_shutdown");
    at("10:01", "bridge_stop");
    at("14:00", "bridge_start");
    at("14:00", "host_active");
    at("15:00", "bridge_heartbeat");
    assertThat(idle()).containsExactly("09:00,10:00");
  }

  /** A concluded event comes late with an early time. */
  @Test
  void aSleepThatIsConcludedLaterCounts() throws Exception {
    at("08:00", "bridge_start");
    at("09:00", "host_idle");
    at("10:00", "host_suspend", ",\"inferred\":true");
    at("12:00", "host_resume", ",\"inferred\":true");
    at("11:00", "logoff", ",\"inferred\":true,\"session_key\":\"k\"");
    at("13:00", "host_active");
    assertThat(idle()).containsExactly("09:00,10:00", "12:00,13:00");
  }
}
