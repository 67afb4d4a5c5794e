package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static io.sessionbridge.sessions.TestingHost.kimsSession;
import static io.sessionbridge.sessions.TestingHost.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.spi.LifeState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What must have happened unheard, by what sessions there are. */
class ReconciliationTest {

  private final TestingHost host = new TestingHost();

  @Test
  void firstComparisonPresentsExistingSessions() {
    host.at("09:00:00").compare(kimsSession(true), existing(3, data -> data));
    assertThat(host.kinds()).containsExactly(Kind.SESSION_PRESENT, Kind.SESSION_PRESENT);
    assertThat(host.written.get(0).data().has(Field.INFERRED)).isFalse();
    assertThat(host.written.get(0).data().get(Field.REASON)).isEqualTo("started");
    assertThat(host.written.get(0).data().get(Field.SESSION_KEY)).isEqualTo("e-0");
    assertThat(host.written.get(1).data().get(Field.SESSION_KEY)).isEqualTo("e-1");
  }

  @Test
  void unchangedSessionsWriteNoEvent() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("08:10:00").wts(Kind.LOCK, 2);
    host.at("08:20:00").compare(kimsSession(true));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK);
  }

  @Test
  void lockWasChangedWhileTheAgentWasAway() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
  void goneSessionsEnd() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.wts(Kind.SESSION_CREATE, 3);
    host.wts(Kind.LOGON, 0, data -> data.put(Field.USER_NAME, "SYSTEM"));
    host.at("09:00:00").compare();
    assertThat(host.kinds()).endsWith(Kind.LOGON, Kind.LOGOFF, Kind.SESSION_TERMINATE);
    assertThat(host.state.sessions()).extracting(SessionView::sessionId).containsExactly(0L);
  }

  @Test
  void logonHasTheSystemsTime() {
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
    host.wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
  void takeOverWhileTheAgentWasAway() {
    host.at("08:00:00").wts(Kind.CONSOLE_CONNECT, 2);
    host.wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
    host.wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
    host.wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
  void lockAfterAReconnectIsLearntFromTheSecondReport() {
    host.at("08:00:00").compare();
    host.wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
    host.wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("08:10:00").setClock(java.time.Duration.ofDays(-1825)).host(Kind.BRIDGE_HEARTBEAT);
    java.time.Instant reported = host.time();
    host.at("08:20:00").host(Kind.BRIDGE_START);
    host.compare();
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
    assertThat(host.last().get(Field.TIME_AFTER)).isEqualTo(reported);
  }

  private static ExistingSession logonScreen() {
    return existing(2, data -> data.put(Field.SESSION_STATE, "connected"));
  }

  @Test
  void closedSessionThatIsStillListedIsNotTheNextOne() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("08:10:00").wts(Kind.LOGOFF, 2);
    host.at("08:10:20").compare(logonScreen());
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOGOFF);
    host.at("08:20:20").compare(logonScreen());
    assertThat(host.last().kind()).isEqualTo(Kind.SESSION_PRESENT);
  }

  @Test
  void afterSessionTerminateAListedSessionIsANewOne() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.SESSION_CREATE, 2);
    host.at("08:00:10").wts(Kind.SESSION_TERMINATE, 2);
    host.at("08:00:20").host(Kind.BRIDGE_START);
    host.compare(logonScreen());
    assertThat(host.last().kind()).isEqualTo(Kind.SESSION_PRESENT);
    assertThat(host.last().get(Field.SESSION_KEY)).isNotEqualTo("e-0");
  }
}
