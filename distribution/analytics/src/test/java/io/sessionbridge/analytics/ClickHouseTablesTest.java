package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fills the tables of ClickHouse, and how long they are of use. */
class ClickHouseTablesTest {

  @TempDir private Path folder;

  private static String header(String... pairs) {
    StringBuilder names = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      names.append(i == 0 ? "" : ",").append('"').append(pairs[i]).append('"');
      values.append(i == 0 ? "" : ",").append('"').append(pairs[i + 1]).append('"');
    }
    return ",\"_headers.name\":[" + names + "],\"_headers.value\":[" + values + "]}";
  }

  /** One of these would be read again and again, and what comes after it never stored. */
  @Test
  void aRecordThatIsNoEventDoesNotStopTheQueue() throws Exception {
    String body = "{\"kind\":\"lock\",\"host_id\":\"h\"";
    String time = "2026-11-20T08:00:00Z";
    Path records =
        Files.write(
            folder.resolve("records.jsonl"),
            List.of(
                body
                    + header(
                        "ce_id", "a-1", "ce_time", time, "ce_sequence", "01", "ce_source", "/x"),
                "{\"order\":7" + header(),
                "{\"kind\":\"order\"" + header("ce_id", "b-1"),
                body + header("ce_id", "b-2", "ce_time", "soon", "ce_sequence", "02"),
                body + header("ce_id", "b-3", "ce_sequence", "02"),
                body + header("ce_id", "b-4", "ce_time", time),
                body + header("ce_time", time, "ce_sequence", "02"),
                body + ",\"id\":\"a-2\",\"time\":\"" + time + "\",\"sequence\":\"02\"" + header()));
    Path stored = folder.resolve("stored.csv");
    new TestingClickHouse(folder).run("clickhouse_queue.py", records, stored);
    assertThat(Files.readAllLines(stored))
        .containsExactly(
            "\"a-1\",\"lock\",1795161600000000,\"/x\"", "\"a-2\",\"lock\",1795161600000000,\\N");
  }

  private static String event(int sequence, String time, String kind) {
    return String.format(
        "{\"id\":\"a-%1$d\",\"time\":\"%2$s\",\"sequence\":\"%1$020d\",\"kind\":\"%3$s\","
            + "\"host_id\":\"h\",\"host_name\":\"HOST7\",\"session_id\":1,\"session_key\":\"k%4$s\","
            + "\"user_name\":\"ann\"}",
        sequence, time, kind, time.substring(0, 10));
  }

  /** The tables are written once, and the events go on. */
  @Test
  void theHoursOfATableGoOnAfterItsEvents() throws Exception {
    Path first =
        Files.writeString(
            folder.resolve("first.jsonl"), event(1, "2026-11-20T08:00:00Z", "logon") + "\n");
    Path later =
        Files.write(
            folder.resolve("later.jsonl"),
            List.of(
                event(2, "2026-12-21T09:00:00Z", "logon"),
                event(3, "2026-12-21T20:00:00Z", "unlock"),
                event(4, "2027-05-03T05:30:00Z", "logon"), // half past seven in summer
                event(5, "2027-05-03T17:30:00Z", "unlock")));
    Path tables = folder.resolve("tables");
    int code =
        Main.execute(
            "tables",
            "--events=" + first,
            "--to=2027-06-01",
            "--until=2027-12-31",
            "--zone=" + TestingLake.ZONE,
            "--hosts=" + TestingLake.NO_HOSTS,
            "--hours=" + TestingLake.HOURS,
            "--out=" + tables);
    assertThat(code).isZero();
    Path out = Files.createDirectories(folder.resolve("answers"));
    new TestingClickHouse(folder).run("clickhouse_answers.py", tables, later, out);
    assertThat(Files.readAllLines(out.resolve("outside-hours.csv")).stream().skip(1))
        .containsExactly(
            "\"2026-12-21 21:00:00\",\"unlock\",\"ann\",\"HOST7\",\"all\"",
            "\"2027-05-03 19:30:00\",\"unlock\",\"ann\",\"HOST7\",\"all\"");
  }

  @Test
  void tablesReachToTheEndOfNextYearUnlessToldOtherwise() throws Exception {
    Path events =
        Files.writeString(
            folder.resolve("events.jsonl"), event(1, "2026-11-20T08:00:00Z", "logon") + "\n");
    List<String> command =
        List.of(
            "tables",
            "--events=" + events,
            "--zone=UTC",
            "--hosts=" + TestingLake.NO_HOSTS,
            "--hours=" + TestingLake.HOURS,
            "--out=" + folder);
    assertThat(Main.execute(command.toArray(String[]::new))).isZero();
    long year = Year.now(ZoneOffset.UTC).getValue() + 1L;
    LocalDate last = LocalDate.of((int) year, 12, 31);
    while (last.getDayOfWeek().getValue() > 5) {
      last = last.minusDays(1);
    }
    long day = last.toEpochDay() * 86_400_000_000L;
    assertThat(Files.readString(folder.resolve("open_hours.csv"))).contains("default," + day + ",");
    List<String> tooFar = new ArrayList<>(command);
    tooFar.add("--until=2099-01-01");
    assertThat(Main.execute(tooFar.toArray(String[]::new))).isNotZero();
  }
}
