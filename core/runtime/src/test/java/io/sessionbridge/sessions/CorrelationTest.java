package io.sessionbridge.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.Correlation.Reporter;
import io.sessionbridge.sessions.Correlation.Row;
import io.sessionbridge.spi.LifeState;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which reports describe the same event. */
class CorrelationTest {

  private final TestingHost host = new TestingHost();

  private void logonOfKim(long session) {
    host.wts(Kind.LOGON, session, TestingHost::kim);
    host.scm(Kind.LOGON, session, TestingHost::kim);
  }

  @Test
  void tableHoldsEachPairOnce() {
    Set<Object> seen = new HashSet<>();
    for (Row row : Correlation.rows()) {
      assertThat(seen.add(row)).as(row.toString()).isTrue();
      assertThat(row.window())
          .isEqualTo(
              row.laterReporter() == Reporter.SENS_USER
                  ? Duration.ofMinutes(3)
                  : Duration.ofSeconds(5));
    }
  }

  @Test
  void tableTakesNoTwoKindsTogetherButTheSidesThatSensConfuses() {
    assertThat(Correlation.rows())
        .filteredOn(row -> row.first() != row.later())
        .allMatch(row -> row.first().wireName().endsWith("connect"))
        .allMatch(
            row ->
                row.firstReporter() == Reporter.SENS_SESSION
                    || row.laterReporter() == Reporter.SENS_SESSION);
  }

  @Test
  void tableLeavesTheOrderOfALogonAlone() {
    Kind[] order = {
      Kind.SESSION_CREATE,
      Kind.CONSOLE_CONNECT,
      Kind.LOGON,
      Kind.DESKTOP_READY,
      Kind.SHELL_START,
      Kind.UNLOCK
    };
    for (Kind first : order) {
      for (Kind later : order) {
        boolean one =
            Correlation.find(first, Reporter.NOTIFICATION, later, Reporter.NOTIFICATION)
                .isPresent();
        assertThat(one).isEqualTo(first == later);
      }
    }
  }

  @Test
  void twoSourcesReportOneEvent() {
    host.at("08:00:00");
    logonOfKim(2);
    host.at("08:10:00").scm(Kind.LOCK, 2);
    host.at("08:10:04").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK);
    assertThat(host.correlated).isEqualTo(2);
  }

  /** All kinds that both the driver and the service manager may report, in either order. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "SESSION_CREATE",
        "SESSION_TERMINATE",
        "LOGON",
        "LOGOFF",
        "CONSOLE_CONNECT",
        "CONSOLE_DISCONNECT",
        "REMOTE_CONNECT",
        "REMOTE_DISCONNECT"
      })
  void driverAndServiceManagerReportOneEvent(Kind kind) {
    for (boolean driverFirst : new boolean[] {true, false}) {
      TestingHost two = new TestingHost();
      two.at("08:00:00");
      report(two, kind, driverFirst ? "kernel" : "scm");
      two.at("08:00:04");
      report(two, kind, driverFirst ? "scm" : "kernel");
      assertThat(two.kinds()).as("driver first: %s", driverFirst).containsExactly(kind);
      assertThat(two.correlated).isEqualTo(1);
      two.at("08:00:09.001");
      report(two, kind, driverFirst ? "scm" : "kernel");
      assertThat(two.kinds()).containsExactly(kind, kind);
    }
  }

  private static void report(TestingHost host, Kind kind, String source) {
    host.report(source, source, TestingHost.data(kind, 2));
  }

  /**
   * The driver does not know whether a session is remote that was connected before it was loaded.
   */
  @Test
  void driverThatReportsAnotherKindReportsAnotherEvent() {
    host.at("08:00:00");
    report(host, Kind.REMOTE_DISCONNECT, "kernel");
    report(host, Kind.CONSOLE_DISCONNECT, "scm");
    assertThat(host.kinds()).containsExactly(Kind.REMOTE_DISCONNECT, Kind.CONSOLE_DISCONNECT);
    assertThat(host.correlated).isZero();
  }

  @Test
  void afterTheWindowItIsAnotherEvent() {
    host.at("08:10:00").scm(Kind.LOCK, 2);
    host.at("08:10:05.001").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).containsExactly(Kind.LOCK, Kind.LOCK);
  }

  @Test
  void oneSourceReportsTwoEvents() {
    host.at("08:00:00").wts(Kind.LOCK, 2);
    host.at("08:00:01").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).containsExactly(Kind.LOCK, Kind.LOCK);
  }

  @Test
  void oneReportAbsorbsOneOfEachSource() {
    host.at("08:00:00").wts(Kind.LOCK, 2);
    host.wts(Kind.UNLOCK, 2);
    host.wts(Kind.LOCK, 2);
    host.at("08:00:01");
    host.scm(Kind.LOCK, 2);
    host.scm(Kind.UNLOCK, 2);
    host.scm(Kind.LOCK, 2);
    assertThat(host.written).hasSize(3);
    host.scm(Kind.LOCK, 2);
    assertThat(host.written).hasSize(4);
  }

  @Test
  void lateSensIsAbsorbedUnlessItContradicts() {
    host.at("08:00:00");
    logonOfKim(2);
    host.at("09:00:19.349").wts(Kind.LOCK, 2);
    host.at("09:00:20").scm(Kind.LOCK, 2);
    host.at("09:00:20.470").wts(Kind.UNLOCK, 2);
    host.scm(Kind.UNLOCK, 2);
    host.at("09:00:23.054")
        .report(
            "sens",
            "sens",
            TestingHost.kim(TestingHost.data(Kind.LOCK, 2)).put(Field.RAW_CODE, 4L));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK, Kind.UNLOCK);
    assertThat(host.state.session(2).orElseThrow().locked()).contains(false);

    host.at("09:10:00").wts(Kind.LOCK, 2);
    host.at("09:12:59").sens(Kind.LOCK, "kim");
    assertThat(host.kinds()).endsWith(Kind.UNLOCK, Kind.LOCK);
  }

  @Test
  void twoInterfacesOfSensAreOne() {
    host.at("08:00:00")
        .report("sens", "sens", TestingHost.data(Kind.LOGON, 2).put(Field.RAW_CODE, 21L));
    host.at("08:00:10")
        .report("sens", "sens", TestingHost.data(Kind.LOGON, 2).put(Field.RAW_CODE, 1L));
    assertThat(host.kinds()).containsExactly(Kind.LOGON);
  }

  @Test
  void twoUsersAreTwoEvents() {
    host.at("03:35:45")
        .report(
            "sens",
            "sens",
            TestingHost.data(Kind.LOGON, 1)
                .put(Field.RAW_CODE, 21L)
                .put(Field.USER_NAME, "DWM-1")
                .put(Field.USER_DOMAIN, "Window Manager"));
    host.at("03:36:41")
        .report(
            "sens",
            "sens",
            TestingHost.kim(TestingHost.data(Kind.LOGON, 1)).put(Field.RAW_CODE, 1L));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOGON);
    assertThat(host.state.people()).isEqualTo(1);
  }

  @Test
  void sensWithoutASessionMeansTheOnlyOne() {
    host.at("08:00:00");
    logonOfKim(2);
    host.at("08:10:00").sens(Kind.LOCK, "kim");
    assertThat(host.last().get(Field.SESSION_ID)).isEqualTo(2);
    host.at("08:10:01").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK);
  }

  @Test
  void sensWithoutASessionIsNotGuessed() {
    host.at("08:00:00");
    logonOfKim(2);
    logonOfKim(3);
    host.at("08:10:00").sens(Kind.SCREENSAVER_START, "kim");
    assertThat(host.last().get(Field.AMBIGUOUS)).isTrue();
    assertThat(host.last().has(Field.SESSION_KEY)).isFalse();
    assertThat(host.state.sessions()).allMatch(view -> view.state() == LifeState.ACTIVE);
  }

  @Test
  void reportThatNamesTheSessionCompletesTheOneThatDidNot() {
    host.at("08:00:00");
    logonOfKim(2);
    logonOfKim(3);
    host.at("08:10:00").sens(Kind.LOCK, "kim");
    host.at("08:10:01").wts(Kind.LOCK, 3);
    EventData completed = host.last();
    assertThat(completed.kind()).isEqualTo(Kind.SESSION_PRESENT);
    assertThat(completed.get(Field.REASON)).isEqualTo("completed");
    assertThat(completed.get(Field.LOCKED)).isTrue();
    assertThat(completed.get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(601);
    assertThat(host.state.session(3).orElseThrow().locked()).contains(true);
  }

  @Test
  void userAndClientAreCompletedOnce() {
    host.at("08:00:00").wts(Kind.LOGON, 2);
    host.scm(Kind.LOGON, 2, data -> TestingHost.kim(data).put(Field.CLIENT_NAME, "LAPTOP"));
    host.report("kernel", "kernel", TestingHost.kim(TestingHost.data(Kind.LOGON, 2)));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.SESSION_PRESENT);
    assertThat(host.last().get(Field.USER_NAME)).isEqualTo("kim");
    assertThat(host.last().get(Field.SESSION_KEY)).isEqualTo("e-0");
    assertThat(host.state.session(2).orElseThrow().userName()).contains("kim");
  }

  @Test
  void sensTakesTheSideThatTheSessionIsOn() {
    host.at("08:00:00").wts(Kind.CONSOLE_CONNECT, 2);
    logonOfKim(2);
    host.at("08:10:00")
        .report(
            "sens", "sens", TestingHost.data(Kind.REMOTE_DISCONNECT, 2).put(Field.RAW_CODE, 23L));
    assertThat(host.last().kind()).isEqualTo(Kind.CONSOLE_DISCONNECT);
    host.wts(Kind.CONSOLE_DISCONNECT, 2);
    assertThat(host.kinds()).endsWith(Kind.LOGON, Kind.CONSOLE_DISCONNECT);
  }

  @Test
  void sleepReportedByTwoSourcesIsOneEvent() {
    host.at("08:00:00").host(Kind.HOST_SUSPEND);
    host.report("wts", "wts", EventData.builder(Kind.HOST_SUSPEND));
    host.at("09:00:00").host(Kind.HOST_RESUME);
    host.report("wts", "wts", EventData.builder(Kind.HOST_RESUME));
    assertThat(host.kinds()).containsExactly(Kind.HOST_SUSPEND, Kind.HOST_RESUME);
  }

  @Test
  void withoutCorrelationEveryReportIsAnEvent() {
    TestingHost other =
        new TestingHost(
            new TrackerSettings(java.util.List.of(), TrackerSettings.IDLE_AFTER, false, true));
    other.wts(Kind.LOGON, 2, TestingHost::kim);
    other.scm(Kind.LOGON, 2, TestingHost::kim);
    assertThat(other.kinds()).containsExactly(Kind.LOGON, Kind.LOGON);
    assertThat(other.last().get(Field.SESSION_KEY)).isEqualTo("e-0");
  }

  @Test
  void floodOfOneSessionIsFolded() {
    host.at("08:00:00");
    logonOfKim(2);
    logonOfKim(3);
    for (int i = 0; i < 1000; i++) {
      host.pass(Duration.ofMillis(50)).wts(i % 2 == 0 ? Kind.LOCK : Kind.UNLOCK, 2);
    }
    assertThat(host.flooded).isEqualTo(401);
    host.wts(Kind.LOCK, 3);
    assertThat(host.last().get(Field.SESSION_ID)).isEqualTo(3);
    long deadline = host.tracker.millisToDeadline(host.state, host.now()).orElseThrow();
    host.pass(Duration.ofMillis(deadline)).advance();
    assertThat(host.last().kind()).isEqualTo(Kind.GAP);
    assertThat(host.last().get(Field.REASON)).isEqualTo("flood");
    assertThat(host.last().get(Field.LOST_COUNT)).isEqualTo(401);
    assertThat(host.last().get(Field.SESSION_ID)).isEqualTo(2);
    host.wts(Kind.LOGOFF, 2);
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
  }

  private void slowSens(Kind kind, long code) {
    host.report(
        "sens", "sens", TestingHost.kim(TestingHost.data(kind, 2)).put(Field.RAW_CODE, code));
  }

  @Test
  void slowSensReportsQuickChangesInOrder() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("09:00:00");
    for (int i = 0; i < 3; i++) {
      host.pass(Duration.ofMillis(400)).wts(Kind.LOCK, 2);
      host.pass(Duration.ofMillis(400)).wts(Kind.UNLOCK, 2);
    }
    int written = host.written.size();
    host.pass(Duration.ofSeconds(3));
    for (int i = 0; i < 3; i++) {
      slowSens(Kind.LOCK, 4);
      slowSens(Kind.UNLOCK, 5);
    }
    assertThat(host.written).hasSize(written);
    slowSens(Kind.LOCK, 4);
    assertThat(host.written).hasSize(written + 1);
    assertThat(host.state.session(2).orElseThrow().locked()).contains(true);
  }

  @Test
  void slowSensThatTheSystemConfirmsIsANewEvent() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("09:00:00").wts(Kind.LOCK, 2);
    host.at("09:00:10").wts(Kind.UNLOCK, 2);
    host.at("09:00:20")
        .report(
            "sens",
            "sens",
            TestingHost.kim(TestingHost.data(Kind.LOCK, 2))
                .put(Field.RAW_CODE, 4L)
                .put(Field.LOCKED, true));
    assertThat(host.kinds()).endsWith(Kind.UNLOCK, Kind.LOCK);
    host.at("09:00:21").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).hasSize(4);
  }

  @Test
  void reportsToAFormerAgentAreNotRepeated() {
    host.at("08:00:00");
    logonOfKim(2);
    host.at("08:10:00").scm(Kind.LOCK, 2);
    host.at("08:10:01").host(Kind.BRIDGE_START);
    host.at("08:10:03").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).endsWith(Kind.LOCK, Kind.BRIDGE_START, Kind.LOCK);
  }

  @Test
  void logoffThatNamesTheSessionCompletesTheOneThatDidNot() throws Exception {
    host.at("08:00:00");
    logonOfKim(2);
    logonOfKim(3);
    host.at("08:10:00").sens(Kind.LOGOFF, "kim");
    HostSessions before = host.state;
    host.at("08:10:01").wts(Kind.LOGOFF, 2, TestingHost::kim);
    host.scm(Kind.LOGOFF, 2);
    assertThat(host.kinds())
        .containsExactly(Kind.LOGON, Kind.LOGON, Kind.LOGOFF, Kind.SESSION_PRESENT);
    EventData completed = host.last();
    assertThat(completed.get(Field.REASON)).isEqualTo("completed");
    assertThat(completed.get(Field.EVIDENCE)).isEqualTo("logoff");
    assertThat(completed.get(Field.SESSION_SECONDS)).isEqualTo(601);
    assertThat(host.state.sessions()).extracting(SessionView::sessionId).containsExactly(3L);
    HostSessions rebuilt =
        host.tracker.absorb(
            HostSessions.decode(before.encode()), host.written.get(host.written.size() - 1));
    assertThat(rebuilt.sessions()).extracting(SessionView::sessionId).containsExactly(3L);
    host.at("08:20:00").wts(Kind.LOGOFF, 3);
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
  }

  /** The user's other session does not make it ambiguous. */
  @Test
  void namelessLogonCompletesTheOneReportedWithoutAName() {
    host.at("08:00:00").wts(Kind.LOGON, 1, TestingHost::kim);
    host.at("09:00:00").wts(Kind.SESSION_CREATE, 2);
    host.at("09:00:01").wts(Kind.LOGON, 2);
    host.at("09:00:01.300").sens(Kind.LOGON, "kim");
    assertThat(host.last().kind()).isEqualTo(Kind.SESSION_PRESENT);
    assertThat(host.last().get(Field.REASON)).isEqualTo("completed");
    assertThat(host.last().get(Field.SESSION_ID)).isEqualTo(2);
    assertThat(host.last().get(Field.USER_NAME)).isEqualTo("kim");
    assertThat(host.kinds()).hasSize(4);
    assertThat(host.state.people()).isEqualTo(2);
  }

  /** It was locked when the late report was created; readers must not take that as current. */
  @Test
  void completionHasNoOutdatedLock() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.CONSOLE_DISCONNECT, 2);
    host.at("08:10:00.100").wts(Kind.REMOTE_CONNECT, 2);
    host.at("08:10:00.200").wts(Kind.UNLOCK, 2);
    HostSessions before = host.state;
    host.at("08:10:00.400")
        .scm(
            Kind.REMOTE_CONNECT,
            2,
            data -> data.put(Field.CLIENT_NAME, "LAPTOP").put(Field.LOCKED, true));
    EventData completed = host.last();
    assertThat(completed.get(Field.REASON)).isEqualTo("completed");
    assertThat(completed.has(Field.LOCKED)).isFalse();
    Observation byAnEarlierVersion =
        Observation.live(host.time(), completed.toBuilder().put(Field.LOCKED, true).build());
    HostSessions rebuilt = host.tracker.absorb(before, byAnEarlierVersion);
    assertThat(host.state.session(2).orElseThrow().locked()).contains(false);
    assertThat(rebuilt.session(2).orElseThrow().locked()).contains(false);
  }
}
