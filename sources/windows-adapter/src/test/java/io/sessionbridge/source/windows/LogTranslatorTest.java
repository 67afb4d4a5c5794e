package io.sessionbridge.source.windows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.SystemLog.Entry;
import io.sessionbridge.windows.eventlog.EventLogRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogTranslatorTest {

  private static final Instant START = Instant.parse("2026-11-29T08:00:00Z");
  private static final String SID = "S-1-5-21-1-2-3-1001";

  private static EventLogRecord record(
      String provider, int id, long second, String... namesAndValues) {
    Map<String, String> data = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      data.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new EventLogRecord("any", provider, id, second, START.plusSeconds(second), data);
  }

  private static EventLogRecord manager(int id, long second, String... namesAndValues) {
    String provider = "Microsoft-Windows-TerminalServices-LocalSessionManager";
    return record(provider, id, second, namesAndValues);
  }

  private static EventLogRecord winlogon(int id, long second, String session) {
    String provider = "Microsoft-Windows-Winlogon";
    return record(provider, id, second, "TSId", session, "UserSid", SID);
  }

  private static EventLogRecord power(int id, long second, String... namesAndValues) {
    return record("Microsoft-Windows-Kernel-Power", id, second, namesAndValues);
  }

  private static EventLogRecord boot(String type, long second) {
    return record("Microsoft-Windows-Kernel-Boot", 27, second, "BootType", type);
  }

  private static List<Entry> translate(EventLogRecord... records) {
    return LogTranslator.translate(List.of(records));
  }

  private static Entry entry(long second, EventData.Builder data, String name) {
    return new Entry(START.plusSeconds(second), data.build(), name);
  }

  private static Stream<String> shown(List<Entry> entries) {
    return entries.stream()
        .map(
            entry ->
                entry.data().kind().wireName()
                    + " "
                    + entry.data().find(Field.REASON).orElse("-")
                    + " "
                    + (entry.time().getEpochSecond() - START.getEpochSecond())
                    + " "
                    + entry.name());
  }

  @Test
  void twoRecordsOfOneLogonAreOneWithNameAndSid() {
    List<Entry> entries =
        translate(
            manager(21, 1, "User", "CONTOSO\\kim", "SessionID", "2", "Address", "10.0.0.7"),
            winlogon(7001, 2, "2"));

    assertThat(entries)
        .containsExactly(
            entry(
                1,
                EventData.builder(Kind.LOGON)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.USER_NAME, "kim")
                    .put(Field.USER_DOMAIN, "CONTOSO")
                    .put(Field.USER_SID, SID)
                    .put(Field.CLIENT_ADDRESS, "10.0.0.7")
                    .put(Field.REMOTE, true),
                "session_manager_21"));
  }

  @Test
  void theirOrderDoesNotMatter() {
    List<Entry> entries =
        translate(
            winlogon(7001, 1, "2"),
            manager(21, 2, "User", "CONTOSO\\kim", "SessionID", "2", "Address", "LOCAL"));

    assertThat(entries)
        .containsExactly(
            entry(
                1,
                EventData.builder(Kind.LOGON)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.USER_NAME, "kim")
                    .put(Field.USER_DOMAIN, "CONTOSO")
                    .put(Field.USER_SID, SID)
                    .put(Field.REMOTE, false),
                "winlogon_7001"));
  }

  @Test
  void otherSessionsAndLaterLogonsStaySeparate() {
    assertThat(
            translate(
                manager(21, 1, "User", "A\\a", "SessionID", "2", "Address", "LOCAL"),
                winlogon(7001, 2, "3"),
                winlogon(7001, 40, "2"),
                winlogon(7002, 41, "2")))
        .hasSize(4);
  }

  @Test
  void twoLogonsOfOneComponentStaySeparate() {
    assertThat(translate(winlogon(7001, 1, "2"), winlogon(7002, 2, "2"), winlogon(7001, 3, "2")))
        .hasSize(3);
    assertThat(translate(winlogon(7001, 1, "2"), winlogon(7001, 3, "2"))).hasSize(2);
  }

  @Test
  void derivesTheSideFromTheAddress() {
    List<Entry> entries =
        translate(
            manager(24, 1, "User", "A\\a", "SessionID", "2", "Address", "LOCAL"),
            manager(25, 2, "User", "A\\a", "SessionID", "2", "Address", "fe80::1%4"),
            manager(24, 3, "User", "A\\a", "SessionID", "2"));

    assertThat(entries)
        .extracting(entry -> entry.data().kind())
        .containsExactly(Kind.CONSOLE_DISCONNECT, Kind.REMOTE_CONNECT, Kind.REMOTE_DISCONNECT);
    assertThat(entries)
        .allSatisfy(entry -> assertThat(entry.data().find(Field.AMBIGUOUS)).isEmpty());
  }

  @Test
  void marksTheSideAmbiguousWithoutAnAddress() {
    List<Entry> entries = translate(manager(25, 1, "User", "A\\a", "SessionID", "2"));

    assertThat(entries)
        .containsExactly(
            entry(
                1,
                EventData.builder(Kind.CONSOLE_CONNECT)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.USER_NAME, "a")
                    .put(Field.USER_DOMAIN, "A")
                    .put(Field.AMBIGUOUS, true),
                "session_manager_25"));
  }

  @Test
  void impossibleSessionsAreIgnored() {
    assertThat(
            translate(
                winlogon(7001, 1, "-1"),
                winlogon(7001, 2, "4294967295"),
                winlogon(7001, 3, "two"),
                manager(21, 4, "User", "A\\a")))
        .isEmpty();
  }

  /** The three records that Windows 10 wrote at a sleep. */
  @Test
  void aSleepIsOneSuspendAndOneResume() {
    assertThat(
            shown(
                translate(
                    power(42, 0, "TargetState", "4", "EffectiveState", "4"),
                    power(107, 3600),
                    record(
                        "Microsoft-Windows-Power-Troubleshooter",
                        1,
                        3605,
                        "WakeTime",
                        "2026-11-29T08:59:59.5Z"),
                    power(42, 3650, "TargetState", "4"),
                    power(107, 3660))))
        .containsExactly(
            "host_suspend - 0 kernel_power_42",
            "host_resume - 3600 kernel_power_107",
            "host_suspend - 3650 kernel_power_42",
            "host_resume - 3660 kernel_power_107");
  }

  /** In the order of facts from Windows 10 1809. */
  @Test
  void aFastStartupSaysSo() {
    assertThat(
            shown(
                translate(
                    winlogon(7002, 0, "1"),
                    power(42, 2, "TargetState", "6", "EffectiveState", "5"),
                    power(107, 5000),
                    boot("1", 5001),
                    record("Microsoft-Windows-Power-Troubleshooter", 1, 5003))))
        .containsExactly(
            "logoff - 0 winlogon_7002",
            "host_suspend fast_startup 2 kernel_power_42",
            "host_resume fast_startup 5000 kernel_boot_27");
  }

  @Test
  void aTrueBootIsNoResume() {
    assertThat(translate(boot("0", 1))).isEmpty();
  }

  @Test
  void aShutdownIsOne() {
    assertThat(
            shown(
                translate(
                    record("EventLog", 6006, 10),
                    record(
                        "Microsoft-Windows-Kernel-General",
                        13,
                        12,
                        "StopTime",
                        "2026-11-29T08:00:11Z"),
                    record("EventLog", 6006, 4000))))
        .containsExactly(
            "host_shutdown - 10 event_log_6006", "host_shutdown - 4000 event_log_6006");
  }

  @Test
  void ignoresATimeAfterItsRecord() {
    assertThat(
            shown(
                translate(
                    record(
                        "Microsoft-Windows-Kernel-General",
                        13,
                        12,
                        "StopTime",
                        "2036-11-29T08:00:11Z"),
                    record("Microsoft-Windows-Kernel-General", 13, 400, "StopTime", "yesterday"))))
        .containsExactly(
            "host_shutdown - 12 kernel_general_13", "host_shutdown - 400 kernel_general_13");
  }
}
