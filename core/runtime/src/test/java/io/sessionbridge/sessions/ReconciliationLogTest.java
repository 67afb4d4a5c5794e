package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static io.sessionbridge.sessions.TestingHost.kimsSession;
import static io.sessionbridge.sessions.TestingHost.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The event log of the time that the agent missed. */
class ReconciliationLogTest {

  private final TestingHost host = new TestingHost();

  private static Evidence evidence(
      String at, Kind kind, long session, UnaryOperator<EventData.Builder> more, String name) {
    return new Evidence(time(at), more.apply(TestingHost.data(kind, session)).build(), name);
  }

  @Test
  void logFillsTheAbsence() {
    host.at("07:00:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        List.of(
            evidence("07:59:00", Kind.LOGON, 7, TestingHost::lee, "winlogon_7001"),
            evidence("08:10:00", Kind.LOGOFF, 2, TestingHost::kim, "winlogon_7002"),
            evidence("08:10:00", Kind.LOGOFF, 2, TestingHost::kim, "lsm_23"),
            evidence("08:20:00", Kind.LOGON, 3, TestingHost::lee, "winlogon_7001"),
            evidence("08:30:00", Kind.LOGOFF, 3, TestingHost::lee, "winlogon_7002")));
    assertThat(host.kinds())
        .containsExactly(Kind.LOGON, Kind.BRIDGE_START, Kind.LOGOFF, Kind.LOGON, Kind.LOGOFF);
    EventData first = host.written.get(2).data();
    assertThat(first.get(Field.SESSION_SECONDS)).isEqualTo(600);
    assertThat(first.get(Field.EVIDENCE)).isEqualTo("winlogon_7002");
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(600);
    assertThat(host.last().get(Field.SESSION_KEY))
        .isEqualTo(host.written.get(3).data().get(Field.SESSION_KEY));
  }

  @Test
  void logOfAFormerRunOfTheHostBelongsBeforeItsEnd() {
    host.at("07:00:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("08:40:00").reboot("boot-2").at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        List.of(
            evidence("08:10:00", Kind.LOGOFF, 2, TestingHost::kim, "winlogon_7002"),
            evidence("08:20:00", Kind.LOGON, 3, TestingHost::lee, "winlogon_7001"),
            new Evidence(
                time("08:30:00"), EventData.builder(Kind.HOST_SHUTDOWN).build(), "user32_1074"),
            evidence("08:50:00", Kind.LOGON, 1, TestingHost::kim, "winlogon_7001")),
        existing(1, data -> TestingHost.kim(data).put(Field.SESSION_STATE, "active")));
    assertThat(host.kinds())
        .containsExactly(
            Kind.LOGON, Kind.BRIDGE_START, Kind.LOGOFF, Kind.LOGON, Kind.LOGOFF, Kind.LOGON);
    assertThat(host.written.get(4).time()).isEqualTo(time("08:30:00"));
    assertThat(host.written.get(4).data().get(Field.EVIDENCE)).isEqualTo("user32_1074");
    assertThat(host.written.get(4).data().has(Field.SESSION_SECONDS)).isFalse();
    assertThat(host.written.get(5).time()).isEqualTo(time("08:50:00"));
  }

  @Test
  void crashWasNotBeforeTheAgentsLastRecord() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("08:30:00").host(Kind.BRIDGE_HEARTBEAT);
    host.at("08:40:00").reboot("boot-2").at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        List.of(
            new Evidence(
                time("07:40:00"), EventData.builder(Kind.HOST_SHUTDOWN).build(), "eventlog_6008")));
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
    assertThat(host.last().get(Field.EVIDENCE)).isEqualTo("boot");
    assertThat(host.written.get(host.written.size() - 1).time()).isEqualTo(time("08:30:00"));
  }

  @Test
  void missedSleepIsNotActive() {
    host.at("07:00:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        List.of(
            new Evidence(
                time("08:10:00"), EventData.builder(Kind.HOST_SUSPEND).build(), "power_42"),
            new Evidence(
                time("08:50:00"), EventData.builder(Kind.HOST_RESUME).build(), "power_107")),
        kimsSession(false));
    host.at("09:10:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(1800);
    assertThat(host.last().get(Field.ASLEEP_SECONDS)).isEqualTo(2400);
  }

  @Test
  void lifeWithoutAKnownBeginCountsFromTheComparison() {
    host.at("07:00:00").compare();
    host.at("09:00:00").setClock(java.time.Duration.ofHours(1)).host(Kind.BRIDGE_START);
    host.compare(
        List.of(evidence("08:00:00", Kind.LOGON, 2, TestingHost::kim, "winlogon_7001")),
        existing(2, TestingHost::kim));
    host.at("09:10:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().has(Field.SESSION_SECONDS)).isFalse();
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(600);
  }

  @Test
  void oldRecordsOfAClockThatWasPutBackAreNotThisRuns() {
    host.at("07:00:00").compare(existing(1, data -> data));
    host.at("08:00:00").host(Kind.BRIDGE_HEARTBEAT);
    host.at("09:00:00").setClock(java.time.Duration.ofDays(-1825)).reboot("boot-2");
    host.at("09:10:00").host(Kind.BRIDGE_START);
    host.compare(
        List.of(evidence("08:30:00", Kind.LOGON, 1, TestingHost::kim, "winlogon_7001")),
        existing(1, data -> data.put(Field.SESSION_STATE, "connected")));
    assertThat(host.kinds()).doesNotContain(Kind.LOGON, Kind.LOGOFF);
    assertThat(host.last().kind()).isEqualTo(Kind.SESSION_PRESENT);
    assertThat(host.state.people()).isZero();
  }

  @Test
  void recordsBeforeOneOfTheFormerRunAreOfTheFormerRun() {
    host.at("07:00:00").compare(existing(1, data -> data));
    host.at("08:00:00").host(Kind.BRIDGE_HEARTBEAT);
    host.at("09:00:00").setClock(java.time.Duration.ofMinutes(-50)).reboot("boot-2");
    host.at("09:10:00").host(Kind.BRIDGE_START);
    host.compare(
        List.of(
            evidence("08:15:00", Kind.LOGON, 1, TestingHost::kim, "winlogon_7001"),
            evidence("08:05:00", Kind.LOGOFF, 1, TestingHost::kim, "winlogon_7002")),
        existing(1, data -> data.put(Field.SESSION_STATE, "connected")));
    assertThat(host.kinds()).endsWith(Kind.LOGON, Kind.LOGOFF, Kind.SESSION_PRESENT);
    assertThat(host.state.people()).isZero();
  }

  @Test
  void firstLookTakesTheLogOfThisRunOnly() {
    host.at("08:00:00").reboot("boot-2").at("09:00:00");
    host.compare(
        List.of(evidence("07:00:00", Kind.LOGON, 2, TestingHost::lee, "winlogon_7001")),
        kimsSession(false));
    assertThat(host.kinds()).containsExactly(Kind.SESSION_PRESENT);
  }
}
