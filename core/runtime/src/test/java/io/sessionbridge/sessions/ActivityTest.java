package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.pattern.UserPattern;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a user is present. */
class ActivityTest {

  private static final HostCondition PRESENT = HostCondition.of(Presence.PRESENT);
  private static final HostCondition INACTIVE = HostCondition.of(Presence.INACTIVE);

  private final TestingHost host = new TestingHost();

  private List<Kind> kinds() {
    return host.activities.stream().map(event -> event.data().kind()).toList();
  }

  private EventData last() {
    return host.activities.get(host.activities.size() - 1).data();
  }

  /** Lets time pass as the agent's timer does: up to each deadline, and no further. */
  private void wait(String until) {
    TestingHost end = new TestingHost().at(until);
    while (true) {
      Duration left = Duration.between(host.time(), end.time());
      var deadline = host.tracker.millisToDeadline(host.state, host.now());
      if (deadline.isEmpty() || deadline.getAsLong() > left.toMillis()) {
        host.pass(left);
        return;
      }
      host.pass(Duration.ofMillis(deadline.getAsLong())).advance();
      if (deadline.getAsLong() == 0) {
        host.pass(left);
        return;
      }
    }
  }

  @Test
  void becomesIdleWithoutAnyReport() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
    host.at("09:00:00").wts(Kind.LOCK, 2);
    wait("09:04:59.999");
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
    wait("09:05:00");
    assertThat(last().kind()).isEqualTo(Kind.HOST_IDLE);
    assertThat(last().get(Field.SINCE)).isEqualTo(TestingHost.time("09:00:00"));
    assertThat(last().get(Field.BASIS)).isEqualTo("locked");
    assertThat(last().get(Field.LAST_HOST_ACTIVE_SECONDS)).isEqualTo(3600);

    host.at("09:30:00").wts(Kind.UNLOCK, 2);
    assertThat(last().kind()).isEqualTo(Kind.HOST_ACTIVE);
    assertThat(last().get(Field.LAST_HOST_IDLE_SECONDS)).isEqualTo(1800);
    assertThat(last().get(Field.BASIS)).isEqualTo("presence");
  }

  @Test
  void nobodyPresentIsIdleOnlyAfterTheWait() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    host.at("09:00:00").note(INACTIVE);
    wait("09:10:00");
    assertThat(kinds()).endsWith(Kind.HOST_IDLE);
    assertThat(host.activities.get(host.activities.size() - 1).time())
        .isEqualTo(TestingHost.time("09:05:00"));
    host.at("09:20:00").note(PRESENT);
    assertThat(last().kind()).isEqualTo(Kind.HOST_ACTIVE);
  }

  @Test
  void flappingPresenceWritesNoEvent() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    int before = host.activities.size();
    for (int i = 0; i < 20; i++) {
      host.pass(Duration.ofMinutes(4)).advance();
      host.note(i % 2 == 0 ? INACTIVE : PRESENT);
    }
    assertThat(host.activities).hasSize(before);
  }

  @Test
  void displayRequestKeepsItActive() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(HostCondition.ofDisplayRequest(true));
    host.note(INACTIVE);
    assertThat(last().get(Field.BASIS)).isEqualTo("display_request");
    wait("10:00:00");
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
    host.note(HostCondition.ofDisplayRequest(false));
    assertThat(last().kind()).isEqualTo(Kind.HOST_IDLE);
  }

  @Test
  void basisChangesWithoutAnEvent() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    int before = host.activities.size();
    host.at("08:30:00").note(HostCondition.ofDisplayRequest(true));
    host.note(INACTIVE);
    assertThat(host.state.activity())
        .isEqualTo(
            new HostActivity(
                State.ACTIVE, TestingHost.time("08:00:00"), HostActivity.DISPLAY_REQUEST));
    host.at("09:00:00").note(PRESENT);
    assertThat(host.state.activity().basis()).isEqualTo(HostActivity.PRESENCE);
    assertThat(host.activities).hasSize(before);
  }

  @Test
  void basisOfIdleShowsWhetherAUserIsLoggedOn() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.LOCK, 2);
    wait("08:20:00");
    assertThat(host.state.activity().basis()).isEqualTo(HostActivity.LOCKED);
    host.wts(Kind.LOGOFF, 2);
    wait("08:30:00");
    assertThat(host.state.activity())
        .isEqualTo(new HostActivity(State.IDLE, TestingHost.time("08:10:00"), HostActivity.NOBODY));
  }

  @Test
  void presenceThatWasNeverReportedIsUnknown() {
    host.at("08:00:00").advance();
    host.at("08:05:00").advance();
    assertThat(last().get(Field.BASIS)).isEqualTo("nobody");
    host.at("08:10:00").wts(Kind.LOGON, 2, TestingHost::kim);
    assertThat(last().kind()).isEqualTo(Kind.HOST_ACTIVE);
    assertThat(last().get(Field.REASON)).isEqualTo("unknown");
    assertThat(host.state.activity().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void sessionWhoseStateIsUnknownIsUnknown() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    host.at("09:00:00").wts(Kind.REMOTE_DISCONNECT, 2);
    wait("09:10:00");
    assertThat(host.state.activity().state()).isEqualTo(State.IDLE);
    host.wts(Kind.REMOTE_CONNECT, 2);
    assertThat(last().get(Field.REASON)).isEqualTo("unknown");
    host.wts(Kind.UNLOCK, 2);
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void ignoredAndPseudoUsersDoNotCount() {
    TestingHost other =
        new TestingHost(
            new TrackerSettings(
                List.of(UserPattern.of("contoso\\k*")), TrackerSettings.IDLE_AFTER, true, true));
    other.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    other.wts(
        Kind.LOGON,
        3,
        data -> data.put(Field.USER_NAME, "UMFD-3").put(Field.USER_SID, "S-1-5-96-0-3"));
    other.at("08:05:00").advance();
    assertThat(other.state.activity().state()).isEqualTo(State.IDLE);
    assertThat(other.activities.get(0).data().get(Field.BASIS)).isEqualTo("nobody");
  }

  @Test
  void clockStepNeitherCausesNorDelaysIt() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    host.at("09:00:00").wts(Kind.LOCK, 2);
    host.setClock(Duration.ofHours(5)).at("09:04:59").advance();
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
    host.setClock(Duration.ofHours(-9)).at("09:05:00").advance();
    assertThat(host.state.activity().state()).isEqualTo(State.IDLE);
  }

  @Test
  void sleepIsNeitherIdleNorActive() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.note(PRESENT);
    host.at("09:00:00").wts(Kind.LOCK, 2);
    host.at("09:01:00").host(Kind.HOST_SUSPEND);
    assertThat(host.tracker.millisToDeadline(host.state, host.now())).isEmpty();
    host.at("15:01:00").host(Kind.HOST_RESUME);
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
    assertThat(host.tracker.millisToDeadline(host.state, host.now())).hasValue(240_000);
    host.at("15:05:00").advance();
    assertThat(last().kind()).isEqualTo(Kind.HOST_IDLE);
    host.at("15:10:00").wts(Kind.UNLOCK, 2);
    assertThat(last().get(Field.LAST_HOST_IDLE_SECONDS)).isEqualTo(600);
  }

  @Test
  void startOfTheAgentWaitsForTheComparison() {
    host.at("08:00:00").advance();
    host.at("08:05:00").advance();
    assertThat(host.state.activity().state()).isEqualTo(State.IDLE);
    host.at("09:00:00").host(Kind.BRIDGE_START);
    host.compare(
        existing(
            2,
            data ->
                TestingHost.kim(data).put(Field.SESSION_STATE, "active").put(Field.LOCKED, false)));
    host.note(PRESENT);
    assertThat(host.state.activity().state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void foreignHostsHaveNone() {
    TestingHost other = new TestingHost(TrackerSettings.ofLiveHost().ofForeignHosts());
    other.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    other.at("18:00:00").wts(Kind.LOGOFF, 2);
    other.at("28:00:00").advance();
    assertThat(other.activities).isEmpty();
  }
}
