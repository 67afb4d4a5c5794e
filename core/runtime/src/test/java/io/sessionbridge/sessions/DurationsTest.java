package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The durations in events. */
class DurationsTest {

  private final TestingHost host = new TestingHost();

  @Test
  void sleepIsInTheStretchAndNotInTheTotal() {
    host.at("02:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("02:09:27").host(Kind.HOST_SUSPEND);
    host.at("09:02:27").host(Kind.HOST_RESUME);
    host.at("09:05:14").wts(Kind.LOCK, 2, TestingHost::kim);
    assertThat(host.last().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(25_514);

    host.at("09:15:14").wts(Kind.LOGOFF, 2, TestingHost::kim);
    EventData logoff = host.last();
    assertThat(logoff.get(Field.ACTIVE_SECONDS)).isEqualTo(734);
    assertThat(logoff.get(Field.LOCKED_SECONDS)).isEqualTo(600);
    assertThat(logoff.get(Field.ASLEEP_SECONDS)).isEqualTo(24_780);
    assertThat(logoff.get(Field.SESSION_SECONDS)).isEqualTo(26_114);
    assertThat(logoff.get(Field.LAST_LOCKED_SECONDS)).isEqualTo(600);
    assertThat(logoff.has(Field.SCREENSAVER_SECONDS)).isFalse();
    assertThat(logoff.has(Field.DISCONNECTED_SECONDS)).isFalse();
  }

  @Test
  void wallClockMayJumpByYears() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").setClock(Duration.ofDays(4000)).wts(Kind.LOCK, 2);
    assertThat(host.last().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(600);
    host.at("08:10:30").setClock(Duration.ofDays(-8000)).wts(Kind.UNLOCK, 2);
    assertThat(host.last().get(Field.LAST_LOCKED_SECONDS)).isEqualTo(30);
  }

  @Test
  void withoutUptimeDurationsAreAbsent() {
    host.at("08:00:00").wts(Kind.LOGON, 2, data -> TestingHost.kim(data));
    TestingHost other = new TestingHost(TrackerSettings.ofLiveHost().ofForeignHosts());
    for (Kind kind : new Kind[] {Kind.LOGON, Kind.LOCK, Kind.LOGOFF}) {
      other.take(
          other.tracker.apply(
              other.state,
              new Report(
                  "file",
                  "replay",
                  io.sessionbridge.event.Observation.recorded(
                      other.time(),
                      TestingHost.kim(TestingHost.data(kind, 2)).put(Field.HOST_ID, "far").build(),
                      null)),
              index -> "x-" + index));
      other.pass(Duration.ofMinutes(7));
    }
    assertThat(other.written).hasSize(3);
    assertThat(other.written)
        .allSatisfy(
            event ->
                assertThat(Field.all())
                    .filteredOn(field -> field.name().endsWith("_seconds"))
                    .noneMatch(field -> event.data().has(field)));
  }

  @Test
  void disconnectMakesTheLockUnknown() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.LOCK, 2);
    host.at("08:20:00").wts(Kind.REMOTE_DISCONNECT, 2);
    assertThat(host.last().get(Field.LAST_LOCKED_SECONDS)).isEqualTo(600);
    host.at("08:30:00").wts(Kind.REMOTE_CONNECT, 2);
    assertThat(host.last().get(Field.LAST_DISCONNECTED_SECONDS)).isEqualTo(600);
    host.at("08:30:05").wts(Kind.UNLOCK, 2);
    assertThat(host.last().has(Field.LAST_LOCKED_SECONDS)).isFalse();
    host.at("08:40:05").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(2405);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(1200);
    assertThat(host.last().get(Field.LOCKED_SECONDS)).isEqualTo(600);
    assertThat(host.last().get(Field.DISCONNECTED_SECONDS)).isEqualTo(600);
  }

  @Test
  void lockReportedAtTheEndOfAScreenSaverBeganWithIt() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").sens(Kind.SCREENSAVER_START, "kim");
    assertThat(host.last().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(600);
    assertThat(host.last().get(Field.SESSION_ID)).isEqualTo(2);
    host.at("08:40:00").sens(Kind.SCREENSAVER_STOP, "kim");
    assertThat(host.last().get(Field.LAST_SCREENSAVER_SECONDS)).isEqualTo(1800);
    host.at("08:40:01").wts(Kind.LOCK, 2);
    host.at("08:41:00").wts(Kind.UNLOCK, 2);
    assertThat(host.last().get(Field.LAST_LOCKED_SECONDS)).isEqualTo(1860);
    host.at("08:50:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.LOCKED_SECONDS)).isEqualTo(1860);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(1140);
    assertThat(host.last().has(Field.SCREENSAVER_SECONDS)).isFalse();
  }

  @Test
  void screenSaverWithoutALockIsASeparateState() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").sens(Kind.SCREENSAVER_START, "kim");
    host.at("08:40:00").sens(Kind.SCREENSAVER_STOP, "kim");
    host.at("08:50:00").wts(Kind.LOCK, 2);
    assertThat(host.last().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(600);
    host.at("08:51:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.SCREENSAVER_SECONDS)).isEqualTo(1800);
    assertThat(host.last().get(Field.LOCKED_SECONDS)).isEqualTo(60);
  }

  @Test
  void lifeWithoutAKnownBeginHasNoTotals() {
    host.at("08:00:00").wts(Kind.UNLOCK, 2, TestingHost::kim);
    host.at("08:05:00").wts(Kind.LOCK, 2);
    assertThat(host.last().get(Field.LAST_ACTIVE_SECONDS)).isEqualTo(300);
    host.at("08:06:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().has(Field.SESSION_SECONDS)).isFalse();
    assertThat(host.last().has(Field.ACTIVE_SECONDS)).isFalse();
    assertThat(host.last().get(Field.LAST_LOCKED_SECONDS)).isEqualTo(60);
  }

  @Test
  void durationsOfASessionThatWasThereCountFromThere() {
    host.at("08:00:00")
        .compare(
            existing(
                2,
                data ->
                    TestingHost.kim(data)
                        .put(Field.SESSION_STATE, "active")
                        .put(Field.LOCKED, false)));
    assertThat(host.kinds()).containsExactly(Kind.SESSION_PRESENT);
    host.at("08:30:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(1800);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(1800);
  }

  @Test
  void terminateEndsALifeOnlyOnce() {
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").wts(Kind.LOGOFF, 2);
    host.at("08:10:01").wts(Kind.SESSION_TERMINATE, 2);
    assertThat(host.last().has(Field.SESSION_SECONDS)).isFalse();
    host.at("09:00:00").wts(Kind.LOGON, 3, TestingHost::kim);
    host.at("09:10:00").wts(Kind.SESSION_TERMINATE, 3);
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(600);
  }

  @Test
  void desktopBeforeTheLogonIsTheSameLife() {
    host.at("08:00:00").wts(Kind.DESKTOP_READY, 2, TestingHost::kim);
    host.at("08:00:00.200").scm(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00.200").scm(Kind.LOGOFF, 2, TestingHost::kim);
    assertThat(host.kinds()).containsExactly(Kind.DESKTOP_READY, Kind.LOGON, Kind.LOGOFF);
    assertThat(host.last().get(Field.SESSION_SECONDS)).isEqualTo(600);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(600);
  }

  @Test
  void logonLongAfterALifeWasSeenIsAnother() {
    host.at("08:00:00").wts(Kind.UNLOCK, 2, TestingHost::kim);
    host.at("12:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    assertThat(host.kinds()).containsExactly(Kind.UNLOCK, Kind.LOGOFF, Kind.LOGON);
  }

  @Test
  void createDoesNotUndoAConnect() {
    host.at("08:00:00").wts(Kind.CONSOLE_CONNECT, 2);
    host.scm(Kind.SESSION_CREATE, 2, data -> data.put(Field.SESSION_STATE, "disconnected"));
    assertThat(host.state.session(2).orElseThrow().connected()).contains(true);
  }
}
