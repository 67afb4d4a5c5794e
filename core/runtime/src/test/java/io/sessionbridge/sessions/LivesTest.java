package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static io.sessionbridge.sessions.TestingHost.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events belong to one session, and which to one user's time in it. */
class LivesTest {

  private final TestingHost host = new TestingHost();

  private List<String> keys() {
    return host.written.stream().map(event -> event.data().get(Field.SESSION_KEY)).toList();
  }

  @Test
  void sessionHasOneKeyFromItsFirstEventOn() {
    host.at("08:00:00").wts(Kind.SESSION_CREATE, 2);
    host.wts(Kind.CONSOLE_CONNECT, 2);
    host.wts(Kind.SESSION_CREATE, 2);
    host.at("08:00:10").wts(Kind.LOGON, 2, TestingHost::kim);
    host.wts(Kind.SHELL_START, 2);
    host.at("08:10:00").wts(Kind.LOGOFF, 2);
    host.wts(Kind.CONSOLE_DISCONNECT, 2);
    host.at("08:20:00").wts(Kind.SESSION_TERMINATE, 2);
    assertThat(keys()).hasSize(8).containsOnly("e-0");
    assertThat(host.state.sessions()).isEmpty();
  }

  @Test
  void logonScreenHasNoLife() {
    host.at("08:00:00").wts(Kind.SESSION_CREATE, 2);
    host.wts(Kind.CONSOLE_CONNECT, 2);
    assertThat(host.state.session(2))
        .hasValueSatisfying(
            view -> {
              assertThat(view.hasLife()).isFalse();
              assertThat(view.locked()).isEmpty();
              assertThat(view.connected()).contains(true);
            });
  }

  @Test
  void reusedNumberInheritsNoUser() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.LOGOFF, 2);
    host.at("08:10:05").wts(Kind.CONSOLE_CONNECT, 2);
    assertThat(host.last().get(Field.SESSION_KEY)).isEqualTo("e-2");
    assertThat(host.last().has(Field.USER_NAME)).isFalse();
    host.at("08:11:00").wts(Kind.LOGON, 2, TestingHost::lee);
    assertThat(host.last().get(Field.SESSION_KEY)).isEqualTo("e-2");
  }

  @Test
  void logonOfAnotherUserEndsAnOpenLife() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.LOCK, 2);
    host.at("09:00:00").wts(Kind.LOGON, 2, TestingHost::lee);
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOCK, Kind.LOGOFF, Kind.LOGON);
    EventData logoff = host.written.get(2).data();
    assertThat(logoff.get(Field.SESSION_KEY)).isEqualTo("e-0");
    assertThat(logoff.get(Field.INFERRED)).isTrue();
    assertThat(logoff.get(Field.EVIDENCE)).isEqualTo("logon");
    assertThat(logoff.get(Field.TIME_AFTER)).isEqualTo(time("08:10:00"));
    assertThat(logoff.get(Field.USER_NAME)).isEqualTo("kim");
    assertThat(logoff.has(Field.LAST_LOCKED_SECONDS)).isFalse();
    assertThat(host.last().get(Field.SESSION_KEY)).isNotEqualTo("e-0");
    assertThat(host.last().get(Field.USER_NAME)).isEqualTo("lee");
  }

  @Test
  void twoTokensOfOneLogonAreOneLife() {
    host.at("08:00:00").wts(Kind.LOGON, 2, data -> logon(data, "08:00:00.0", "0x1a2b"));
    host.at("08:00:01").wts(Kind.LOGON, 2, data -> logon(data, "08:00:00.900", "0x1a2c"));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.LOGON);
    assertThat(keys()).containsOnly("e-0");
    host.at("09:00:00").wts(Kind.LOGON, 2, data -> logon(data, "09:00:00.0", "0x9999"));
    assertThat(host.kinds()).endsWith(Kind.LOGOFF, Kind.LOGON);
  }

  private static EventData.Builder logon(EventData.Builder data, String time, String id) {
    return TestingHost.kim(data).put(Field.LOGON_TIME, time(time)).put(Field.LOGON_ID, id);
  }

  @Test
  void otherLogonsDoNotReplaceTheOwner() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    for (String type : List.of("service", "new_credentials", "batch", "network")) {
      host.at("08:30:00")
          .wts(Kind.LOGON, 2, data -> TestingHost.lee(data).put(Field.LOGON_TYPE, type));
      host.at("08:31:00").wts(Kind.LOGOFF, 2, TestingHost::lee);
    }
    assertThat(host.kinds()).doesNotContainSequence(Kind.LOGOFF, Kind.LOGOFF);
    assertThat(keys()).containsOnly("e-0");
    assertThat(host.state.session(2).orElseThrow().userName()).contains("kim");
  }

  @Test
  void pseudoUsersHaveNoLife() {
    host.at("08:00:00")
        .wts(
            Kind.LOGON,
            1,
            data -> data.put(Field.USER_NAME, "DWM-1").put(Field.USER_DOMAIN, "Window Manager"));
    assertThat(host.last().get(Field.ACCOUNT_TYPE)).isEqualTo("virtual");
    host.wts(Kind.LOGON, 0, data -> data.put(Field.USER_NAME, "SYSTEM"));
    assertThat(host.last().get(Field.ACCOUNT_TYPE)).isEqualTo("service");
    assertThat(host.state.people()).isZero();
    assertThat(host.state.sessions()).noneMatch(SessionView::hasLife);
  }

  @Test
  void impossibleNumbersAreIgnored() {
    host.wts(Kind.LOGON, -1, TestingHost::kim);
    host.wts(Kind.LOGON, 4_294_967_295L, TestingHost::kim);
    assertThat(host.written).isEmpty();
    assertThat(host.ignored).isEqualTo(2);
  }

  @Test
  void takeOverSessionIsNoLife() {
    host.at("08:00:00").wts(Kind.LOGON, 1, TestingHost::kim);
    host.at("09:00:00").wts(Kind.REMOTE_CONNECT, 2, TestingHost::kim);
    host.wts(Kind.REMOTE_DISCONNECT, 2, TestingHost::kim);
    host.wts(Kind.CONSOLE_DISCONNECT, 1);
    host.wts(Kind.REMOTE_CONNECT, 1);
    host.wts(Kind.UNLOCK, 1);
    host.wts(Kind.SESSION_TERMINATE, 2);
    assertThat(host.state.people()).isEqualTo(1);
    assertThat(host.kinds()).doesNotContain(Kind.LOGOFF);
  }

  @Test
  void restartEndsWhatIsOpen() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:30:00").host(Kind.HOST_SHUTDOWN);
    host.at("08:40:00").reboot("boot-2").at("08:41:00").host(Kind.BRIDGE_START);
    assertThat(host.last().kind()).isEqualTo(Kind.BRIDGE_START);
    host.at("08:42:00").wts(Kind.LOGON, 2, TestingHost::lee);
    EventData logoff = host.written.get(3).data();
    assertThat(logoff.kind()).isEqualTo(Kind.LOGOFF);
    assertThat(host.written.get(3).time()).isEqualTo(time("08:30:00"));
    assertThat(logoff.get(Field.EVIDENCE)).isEqualTo("host_shutdown");
    assertThat(logoff.get(Field.SESSION_SECONDS)).isEqualTo(1800);
    assertThat(logoff.get(Field.BOOT_ID)).isEqualTo("boot-1");
    assertThat(host.last().get(Field.SESSION_KEY)).isEqualTo("e-4");
  }

  @Test
  void fastStartupEndsLivesAndKeepsTheBoot() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("18:00:00").host(Kind.HOST_SUSPEND);
    host.at("32:00:00")
        .report(
            "scm", "scm", EventData.builder(Kind.HOST_RESUME).put(Field.REASON, "fast_startup"));
    assertThat(host.kinds())
        .containsExactly(Kind.LOGON, Kind.HOST_SUSPEND, Kind.LOGOFF, Kind.HOST_RESUME);
    assertThat(host.written.get(2).time()).isEqualTo(time("18:00:00"));
    assertThat(host.written.get(2).data().get(Field.SESSION_SECONDS)).isEqualTo(36_000);
    assertThat(host.written.get(2).data().get(Field.BOOT_ID)).isEqualTo("boot-1");
  }

  @Test
  void lateReportsOfTheFormerUserGetTheFormerKey() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.LOGOFF, 2, TestingHost::kim);
    host.at("08:10:01").wts(Kind.LOGON, 2, TestingHost::lee);
    host.at("08:10:02").scm(Kind.LOGOFF, 2, TestingHost::kim);
    assertThat(host.kinds()).hasSize(3);
    host.at("08:11:02").scm(Kind.SESSION_TERMINATE, 2, TestingHost::kim);
    assertThat(host.last().get(Field.SESSION_KEY)).isEqualTo("e-0");
    assertThat(host.state.people()).isEqualTo(1);
  }

  @Test
  void eventsWithoutASessionBeginAndEndNothing() {
    host.at("08:00:00").sens(Kind.LOGON, "kim");
    assertThat(host.last().has(Field.SESSION_KEY)).isFalse();
    assertThat(host.state.people()).isZero();
    host.wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("09:00:00").sens(Kind.LOGOFF, "kim");
    assertThat(host.state.people()).isEqualTo(1);
  }

  @Test
  void presentAtALogonScreenIsNoLife() {
    host.at("08:00:00")
        .compare(existing(2, data -> TestingHost.kim(data).put(Field.SESSION_STATE, "connected")));
    assertThat(host.kinds()).containsExactly(Kind.SESSION_PRESENT);
    assertThat(host.state.people()).isZero();
  }

  @Test
  void eventOfAnotherTrackerKeepsItsKey() {
    EventData data =
        TestingHost.kim(TestingHost.data(Kind.LOGON, 2))
            .put(Field.HOST_ID, "far")
            .put(Field.SESSION_KEY, "theirs-1")
            .build();
    Observation seen = Observation.recorded(host.time(), data, null);
    host.take(host.tracker.apply(host.state, new Report("relay", "relay", seen), i -> "mine"));
    assertThat(host.last()).isEqualTo(data);
    assertThat(host.state.session(2).orElseThrow().key()).isEqualTo("theirs-1");
  }
}
