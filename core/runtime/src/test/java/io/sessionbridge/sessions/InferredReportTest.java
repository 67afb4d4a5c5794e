package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.kimsSession;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import org.junit.jupiter.api.Test;

/** Reports of events that were inferred before. */
class InferredReportTest {

  private final TestingHost host = new TestingHost();

  @Test
  void reportOfAnInferredEventIsNotASecondEvent() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
    host.at("08:20:00").compare(kimsSession(true));
    host.at("08:20:01").wts(Kind.LOCK, 2);
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK);
  }

  private void inferKimsUnlock() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kimsLogon);
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
  void inferredUnlockTakesNoUnlockOfAReturningUser() {
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
}
