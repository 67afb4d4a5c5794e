package io.sessionbridge.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories of one host by hand, each with what is easily answered wrongly. */
class HistoriesByHandTest {

  private static final String ANN = ",\"session_id\":1,\"session_key\":\"k\",\"user_name\":\"ann\"";
  private static final String B1 = ",\"boot_id\":\"b1\"";
  private static final String MIDNIGHT = "2026-11-21T00:00:00Z";

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();

  /** A Friday's event; local time is an hour later. The epoch is the front of the id. */
  private void at(String time, String id, String kind, String fields) {
    lines.add(
        String.format(
            "{\"id\":\"%1$s\",\"time\":\"2026-11-20T%2$s:00Z\","
                + "\"recordedtime\":\"2026-11-20T%2$s:00Z\",\"sequence\":\"%3$020d\","
                + "\"kind\":\"%4$s\",\"host_id\":\"h\",\"host_name\":\"HOST7\"%5$s}",
            id, time, Integer.parseInt(id.split("-", -1)[1]), kind, fields));
  }

  private List<String> ask(String from, String sql) throws Exception {
    Path file = Files.write(folder.resolve("day.jsonl"), lines);
    long begin = from.isEmpty() ? 0 : Period.micros(Instant.parse(from));
    try (Lake lake =
        Lake.load(
            Duck.open("600MB", 1),
            EventFiles.relation(List.of(file.toString())),
            new Period(begin, Period.micros(Instant.parse(MIDNIGHT)), TestingLake.ZONE),
            Limits.DEFAULT,
            TestingLake.NO_HOSTS,
            TestingLake.HOURS)) {
      assertThat(lake.unreadable()).isZero();
      return AnswerText.csv(lake.ask(sql)).lines().skip(1).toList();
    }
  }

  private List<String> ask(Question question) throws Exception {
    return ask("", question.sql());
  }

  private void aMorning() {
    at("06:30", "a-1", "logon", ANN);
    at("12:15", "a-2", "logoff", ANN);
    at("12:30", "a-3", "bridge_heartbeat", "");
  }

  /** What was not asked for, and what has not come yet, is no time in which nobody was there. */
  @Test
  void useIsOfTheTimeThatTheReportIsAbout() throws Exception {
    aMorning();
    assertThat(ask("2026-11-20T11:20:00Z", Question.LAB_USE.sql()))
        .containsExactly(
            "all,2026-11-20 12:00:00,1,0.667,100", "all,2026-11-20 13:00:00,1,0.25,50");
    assertThat(ask("2026-11-20T11:00:00Z", Question.LAB_USE.sql()))
        .containsExactly("all,2026-11-20 12:00:00,1,1,100", "all,2026-11-20 13:00:00,1,0.25,50");
  }

  @Test
  void useBeginsWithTheFirstEvent() throws Exception {
    aMorning();
    assertThat(ask(Question.LAB_USE))
        .hasSize(7)
        .startsWith("all,2026-11-20 07:00:00,1,0.5,100", "all,2026-11-20 08:00:00,1,1,100");
  }

  /** An hour that begins with the last event has no time. */
  @Test
  void anEmptyHourIsLeftOut() throws Exception {
    at("06:30", "a-1", "logon", ANN);
    at("07:00", "a-2", "bridge_heartbeat", "");
    assertThat(ask(Question.LAB_USE)).containsExactly("all,2026-11-20 07:00:00,1,0.5,100");
  }

  private List<String> lives() throws Exception {
    return ask("", "SELECT ended, local_text(until_us) FROM lives ORDER BY begin_us");
  }

  @Test
  void anEventWithoutABootEndsNoLife() throws Exception {
    at("08:00", "a-1", "logon", ANN + B1);
    at("09:00", "a-2", "bridge_heartbeat", B1);
    at("10:00", "a-3", "bridge_heartbeat", "");
    assertThat(lives()).containsExactly("open,2026-11-20 10:00:00");
  }

  @Test
  void anotherBootEndsALifeAtTheLastEventBefore() throws Exception {
    at("08:00", "a-1", "logon", ANN + B1);
    at("09:00", "a-2", "bridge_heartbeat", B1);
    at("10:00", "b-3", "bridge_start", ",\"boot_id\":\"b2\"");
    at("11:00", "b-4", "bridge_heartbeat", "");
    assertThat(lives()).containsExactly("restarted,2026-11-20 09:00:00");
  }

  /** Who purges and installs again begins at number 1. */
  @Test
  void aNewJournalGoesOnWithTheOldOne() throws Exception {
    at("07:00", "f-90", "bridge_start", "");
    at("08:00", "f-91", "logon", ANN);
    at("09:00", "f-92", "lock", ANN);
    at("09:00", "f-93", "host_idle", "");
    at("10:00", "f-94", "bridge_stop", "");
    at("11:00", "c-1", "bridge_start", "");
    at("14:00", "c-2", "host_active", "");
    at("14:00", "c-3", "unlock", ANN);
    at("15:00", "c-4", "bridge_heartbeat", "");
    assertThat(ask(Question.LONG_LOCKED))
        .containsExactly("HOST7,ann,locked,2026-11-20T09:00:00Z,2026-11-20T14:00:00Z,5");
    assertThat(ask("", "SELECT local_text(begin_us), local_text(until_us) FROM idle ORDER BY ALL"))
        .containsExactly(
            "2026-11-20 09:00:00,2026-11-20 10:00:00", "2026-11-20 11:00:00,2026-11-20 14:00:00");
    assertThat(ask(Question.SILENT_HOSTS))
        .containsExactly("HOST7,all,2026-11-20T15:00:00Z,9,no word,0,0");
  }

  @Test
  void aWindowManagerThatLeavesUnlocksNothing() throws Exception {
    at("08:00", "a-1", "logon", ANN);
    at("09:00", "a-2", "lock", ANN);
    at(
        "10:00",
        "a-3",
        "logoff",
        ",\"session_id\":1,\"session_key\":\"k\",\"user_name\":\"DWM-1\",\"account_type\":\"virtual\"");
    at("14:00", "a-4", "unlock", ANN);
    assertThat(ask(Question.LONG_LOCKED))
        .containsExactly("HOST7,ann,locked,2026-11-20T09:00:00Z,2026-11-20T14:00:00Z,5");
  }

  /** Who leaves before the desktop is there, and sees it later, did not wait so long. */
  @Test
  void theDesktopOfALaterConnectionIsNotWaitedFor() throws Exception {
    String logon = ANN + ",\"logon_time\":\"2026-11-20T08:00:00Z\"";
    String bob = ",\"session_id\":2,\"session_key\":\"m\",\"user_name\":\"bob\"";
    at("08:00", "a-1", "logon", logon);
    at("08:01", "a-2", "remote_disconnect", ANN);
    at("09:00", "a-3", "remote_connect", ANN);
    at("09:01", "a-4", "desktop_ready", ANN);
    at("09:10", "a-5", "logon", bob + ",\"logon_time\":\"2026-11-20T09:10:00Z\"");
    at("09:11", "a-6", "shell_start", bob);
    at("09:12", "a-7", "remote_disconnect", bob);
    at("09:20", "a-8", "desktop_ready", bob);
    assertThat(ask(Question.LOGON_TO_DESKTOP))
        .containsExactly("(all),1,60,60,60", "HOST7,1,60,60,60");
  }

  @Test
  void aCalendarThatNobodyDefinedIsRefused() throws Exception {
    Path events = Files.writeString(folder.resolve("none.jsonl"), "");
    Path hosts =
        Files.writeString(
            folder.resolve("hosts.csv"),
            "host,lab,calendar,zone\nLAB-1,a,default,\nLAB-2,a,defualt,\n");
    assertThatThrownBy(() -> TestingLake.load(List.of(events.toString()), Instant.now(), hosts))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("hosts.csv: the line of the host lab-2 has the calendar defualt")
        .hasMessageContaining("it knows default");
  }
}
