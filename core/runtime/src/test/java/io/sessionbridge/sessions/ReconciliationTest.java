package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static io.sessionbridge.sessions.TestingHost.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.LifeState;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What must have happened unheard. */
class ReconciliationTest {

  private final TestingHost host = new TestingHost();

  private static ExistingSession kimsSession(boolean locked) {
    return existing(
        2,
        data ->
            TestingHost.kim(data)
                .put(Field.SESSION_STATE, "active")
                .put(Field.LOCKED, locked)
                .put(Field.LOGON_TIME, time("08:00:00")));
  }

  private static EventData.Builder kimsLogon(EventData.Builder data) {
    return TestingHost.kim(data).put(Field.LOGON_TIME, time("08:00:00"));
  }

  private static Evidence evidence(
      String at, Kind kind, long session, UnaryOperator<EventData.Builder> more, String name) {
    return new Evidence(time(at), more.apply(TestingHost.data(kind, session)).build(), name);
  }

  @Test
  void firstLookPresentsWhatIsThere() {
    host.at("09:00:00").compare(kimsSession(true), existing(3, data -> data));
    assertThat(host.kinds()).containsExactly(Kind.SESSION_PRESENT, Kind.SESSION_PRESENT);
    assertThat(host.written.get(0).data().has(Field.INFERRED)).isFalse();
    assertThat(host.written.get(0).data().get(Field.REASON)).isEqualTo("started");
    assertThat(host.written.get(0).data().get(Field.SESSION_KEY)).isEqualTo("e-0");
    assertThat(host.written.get(1).data().get(Field.SESSION_KEY)).isEqualTo("e-1");
  }

  @Test
  void whatIsAsKnownIsNoNews() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:10:00").wts(Kind.LOCK, 2);
    host.at("08:20:00").compare(kimsSession(true));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK);
  }

  @Test
  void lockWasChangedWhileTheAgentWasAway() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:30:00").host(Kind.BRIDGE_HEARTBEAT);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.at("09:00:01").compare(kimsSession(true));
    EventData lock = host.last();
    assertThat(lock.kind()).isEqualTo(Kind.LOCK);
    assertThat(lock.get(Field.INFERRED)).isTrue();
    assertThat(lock.get(Field.EVIDENCE)).isEqualTo("directory");
    assertThat(lock.get(Field.TIME_AFTER)).isEqualTo(time("08:30:00"));
    assertThat(host.written.get(host.written.size() - 1).time()).isEqualTo(time("09:00:01"));
    assertThat(lock.has(Field.LAST_ACTIVE_SECONDS)).isFalse();
    assertThat(lock.get(Field.SESSION_KEY)).isEqualTo("e-0");

    host.at("09:10:01").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(1800);
    assertThat(host.last().get(Field.LOCKED_SECONDS)).isEqualTo(600);
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(4201);
  }

  @Test
  void reportOfWhatWasInferredIsNotASecondOne() {
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:20:00").compare(kimsSession(true));
    host.at("08:20:01").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK);
  }

  @Test
  void goneSessionsEnd() {
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.wts(Kind.SESSION_CREATE, 3);
    host.wts(Kind.LOGON, 0, data -> data.put(Field.USER_NAME, "SYSTEM"));
    host.at("09:00:00").compare();
    assertThat(host.kinds()).endsWith(Kind.LOGON, Kind.LOGOFF, Kind.SESSION_TERMINATE);
    assertThat(host.state.sessions()).extracting(SessionView::sessionId).containsExactly(0L);
  }

  @Test
  void logonThatTheSystemKnowsTheTimeOf() {
    host.at("07:00:00").compare();
    host.host(Kind.BRIDGE_HEARTBEAT);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(kimsSession(false));
    assertThat(host.last().kind()).isEqualTo(Kind.LOGON);
    assertThat(host.written.get(host.written.size() - 1).time()).isEqualTo(time("08:00:00"));
    assertThat(host.last().get(Field.EVIDENCE)).isEqualTo("logon_time");
    assertThat(host.last().get(Field.UPTIME_MS)).isEqualTo(8L * 3600_000);
    host.at("10:00:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(7200);
  }

  @Test
  void othersLifeInTheSameNumber() {
    host.at("07:00:00").wts(Kind.LOGON, 2, TestingHost::lee);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(kimsSession(false));
    assertThat(host.kinds())
        .containsExactly(Kind.LOGON, Kind.BRIDGE_START, Kind.LOGOFF, Kind.SESSION_PRESENT);
    assertThat(host.written.get(2).time()).isEqualTo(time("08:00:00"));
  }

  @Test
  void disconnectHasTheSystemsTime() {
    host.at("08:00:00").wts(Kind.REMOTE_CONNECT, 2);
    host.wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        new ExistingSession(
            TestingHost.kim(TestingHost.data(Kind.SESSION_PRESENT, 2))
                .put(Field.SESSION_STATE, "disconnected")
                .build(),
            Optional.empty(),
            Optional.of(time("08:45:00"))));
    assertThat(host.last().kind()).isEqualTo(Kind.REMOTE_DISCONNECT);
    assertThat(host.last().get(Field.EVIDENCE)).isEqualTo("disconnect_time");
    assertThat(host.last().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(2700);
  }

  @Test
  void logFillsTheAbsence() {
    host.at("07:00:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
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
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
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
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
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
  void sleepThatWasNotHeardIsNotActive() {
    host.at("07:00:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
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
  void takeOverWhileTheAgentWasAway() {
    host.at("08:00:00").wts(Kind.CONSOLE_CONNECT, 2);
    host.wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        existing(
            2,
            data ->
                TestingHost.kim(data).put(Field.SESSION_STATE, "active").put(Field.REMOTE, true)));
    assertThat(host.kinds()).endsWith(Kind.CONSOLE_DISCONNECT, Kind.REMOTE_CONNECT);
  }

  @Test
  void quietDayInfersNothing() {
    host.at("07:00:00").compare();
    ExistingSession[] there = {kimsSession(false)};
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    for (int i = 0; i < 1000; i++) {
      boolean lock = i % 2 == 0;
      Kind kind = lock ? Kind.LOCK : Kind.UNLOCK;
      host.pass(java.time.Duration.ofSeconds(30)).wts(kind, 2);
      host.pass(java.time.Duration.ofMillis(20)).scm(kind, 2);
      host.sens(kind, "kim");
      if (i % 20 == 0) {
        there[0] = kimsSession(lock);
        host.compare(there);
      }
    }
    assertThat(host.written).hasSize(1001);
    assertThat(host.written).noneMatch(event -> event.data().has(Field.INFERRED));
  }

  @Test
  void screenSaverIsUnknownAfterAnAbsence() {
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:10:00").sens(Kind.SCREENSAVER_START, "kim");
    host.at("08:20:00").host(Kind.BRIDGE_START);
    assertThat(host.state.sessions().get(0).state()).isEqualTo(LifeState.ACTIVE);
    host.compare(kimsSession(false));
    assertThat(host.state.sessions().get(0).state()).isEqualTo(LifeState.ACTIVE);
    host.at("08:30:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(1200);
    assertThat(host.last().get(Field.SCREENSAVER_SECONDS)).isEqualTo(0);
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

  private void inferKimsUnlock() {
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:10:00").wts(Kind.LOCK, 2);
    host.at("08:20:00").host(Kind.BRIDGE_START);
    host.compare(kimsSession(false));
    assertThat(host.last().kind()).isEqualTo(Kind.UNLOCK);
    assertThat(host.last().get(Field.INFERRED)).isTrue();
  }

  @Test
  void inferredUnlockTakesNoUnlockAfterTheNextLock() {
    inferKimsUnlock();
    host.at("08:20:01").wts(Kind.LOCK, 2);
    host.at("08:20:02").wts(Kind.UNLOCK, 2);
    assertThat(host.kinds()).endsWith(Kind.UNLOCK, Kind.LOCK, Kind.UNLOCK);
    assertThat(host.state.session(2).orElseThrow().locked()).contains(false);
  }

  @Test
  void inferredUnlockTakesNoUnlockOfAnotherSourceAfterTheNextLock() {
    inferKimsUnlock();
    host.at("08:20:01").scm(Kind.LOCK, 2);
    host.at("08:20:02").wts(Kind.UNLOCK, 2);
    assertThat(host.kinds()).endsWith(Kind.UNLOCK, Kind.LOCK, Kind.UNLOCK);
  }

  @Test
  void inferredUnlockTakesNoUnlockOfWhoCameBack() {
    inferKimsUnlock();
    host.at("08:20:01").wts(Kind.CONSOLE_DISCONNECT, 2);
    host.at("08:20:02").wts(Kind.CONSOLE_CONNECT, 2);
    host.at("08:20:03").wts(Kind.UNLOCK, 2);
    assertThat(host.kinds())
        .endsWith(Kind.UNLOCK, Kind.CONSOLE_DISCONNECT, Kind.CONSOLE_CONNECT, Kind.UNLOCK);
  }

  @Test
  void inferredUnlockTakesOneLateReportOfEachSource() {
    inferKimsUnlock();
    host.at("08:20:01").wts(Kind.UNLOCK, 2);
    host.at("08:20:02").wts(Kind.LOCK, 2);
    host.at("08:20:03").scm(Kind.UNLOCK, 2);
    host.scm(Kind.LOCK, 2);
    assertThat(host.kinds()).endsWith(Kind.UNLOCK, Kind.LOCK);
    assertThat(host.state.session(2).orElseThrow().locked()).contains(true);
  }

  @Test
  void inferredUnlockTakesALateReportThatTheSystemDenies() {
    inferKimsUnlock();
    host.at("08:20:01").scm(Kind.LOCK, 2);
    host.at("08:20:02").wts(Kind.UNLOCK, 2, data -> data.put(Field.LOCKED, true));
    assertThat(host.kinds()).endsWith(Kind.UNLOCK, Kind.LOCK);
  }

  @Test
  void inferredLogoffTakesNoLogoffOfTheNextLife() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:20:00").compare();
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
    host.at("08:20:01").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:20:03").wts(Kind.LOGOFF, 2, TestingHost::kim);
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOGOFF, Kind.LOGON, Kind.LOGOFF);
    assertThat(host.state.people()).isZero();
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

  @Test
  void inferredLogoffIsNotLaterThanTheNextLogon() {
    host.at("07:00:00").compare();
    host.wts(Kind.LOGON, 2, TestingHost::lee);
    host.at("08:30:00").setClock(java.time.Duration.ofDays(-1825)).host(Kind.BRIDGE_START);
    java.time.Instant logon = host.time().minusSeconds(600);
    host.compare(existing(2, data -> TestingHost.kim(data).put(Field.LOGON_TIME, logon)));
    assertThat(host.kinds()).endsWith(Kind.LOGOFF, Kind.LOGON);
    int last = host.written.size() - 1;
    assertThat(host.written.get(last - 1).time()).isEqualTo(logon);
    assertThat(host.written.get(last).time()).isEqualTo(logon);
  }

  @Test
  void inferredDisconnectIsNotLaterThanTheNextConnect() {
    host.at("08:00:00").wts(Kind.CONSOLE_CONNECT, 2);
    host.wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    EventData.Builder remote = TestingHost.kim(TestingHost.data(Kind.SESSION_PRESENT, 2));
    remote.put(Field.SESSION_STATE, "active").put(Field.REMOTE, true);
    host.compare(
        new ExistingSession(remote.build(), Optional.of(time("08:45:00")), Optional.empty()));
    assertThat(host.kinds()).endsWith(Kind.CONSOLE_DISCONNECT, Kind.REMOTE_CONNECT);
    int last = host.written.size() - 1;
    assertThat(host.written.get(last - 1).time()).isEqualTo(time("08:45:00"));
    assertThat(host.written.get(last).time()).isEqualTo(time("08:45:00"));
  }

  @Test
  void sessionsThatWereReadBeforeAReportDoNotContradictIt() {
    host.at("08:00:00").compare();
    host.wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    Moment read = host.at("08:10:00").now();
    host.at("08:10:00.200").wts(Kind.LOCK, 2);
    host.wts(Kind.LOGON, 3, TestingHost::lee);
    Findings found =
        new Findings(read, "wts", "wts", "periodic", List.of(kimsSession(false)), List.of());
    assertThat(host.take(host.tracker.compare(host.state, found, index -> "x" + index))).isEmpty();
    assertThat(host.state.sessions()).hasSize(2);
    assertThat(host.state.session(2).orElseThrow().locked()).contains(true);
  }

  @Test
  void lockOfWhoIsConnectedAgainIsLearntFromTheSecondReport() {
    host.at("08:00:00").compare();
    host.wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:10:00").wts(Kind.CONSOLE_DISCONNECT, 2, data -> data.put(Field.LOCKED, true));
    host.at("08:20:00").wts(Kind.CONSOLE_CONNECT, 2);
    host.scm(Kind.CONSOLE_CONNECT, 2, data -> data.put(Field.LOCKED, false));
    host.at("08:30:00").compare(kimsSession(false));
    assertThat(host.kinds())
        .containsExactly(Kind.LOGON, Kind.CONSOLE_DISCONNECT, Kind.CONSOLE_CONNECT);
  }

  @Test
  void lastKnownMomentIsNotTheOneWithTheLatestClock() {
    host.at("08:00:00").compare();
    host.wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:10:00").setClock(java.time.Duration.ofDays(-1825)).host(Kind.BRIDGE_HEARTBEAT);
    java.time.Instant heard = host.time();
    host.at("08:20:00").host(Kind.BRIDGE_START);
    host.compare();
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
    assertThat(host.last().get(Field.TIME_AFTER)).isEqualTo(heard);
  }

  private static ExistingSession logonScreen() {
    return existing(2, data -> data.put(Field.SESSION_STATE, "connected"));
  }

  @Test
  void whatWindowsStillListsOfASessionIsNotTheNextOne() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, ReconciliationTest::kimsLogon);
    host.at("08:10:00").wts(Kind.LOGOFF, 2);
    host.at("08:10:20").compare(logonScreen());
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOGOFF);
    host.at("08:20:20").compare(logonScreen());
    assertThat(host.last().kind()).isEqualTo(Kind.SESSION_PRESENT);
  }

  @Test
  void afterSessionTerminateNothingIsLeftOfIt() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.SESSION_CREATE, 2);
    host.at("08:00:10").wts(Kind.SESSION_TERMINATE, 2);
    host.at("08:00:20").host(Kind.BRIDGE_START);
    host.compare(logonScreen());
    assertThat(host.last().kind()).isEqualTo(Kind.SESSION_PRESENT);
    assertThat(host.last().get(Field.SESSION_KEY)).isNotEqualTo("e-0");
  }
}
