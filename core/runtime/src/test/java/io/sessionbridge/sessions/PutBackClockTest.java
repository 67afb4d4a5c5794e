package io.sessionbridge.sessions;

import static io.sessionbridge.sessions.TestingHost.existing;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wall clock was set back while the agent was down: the uptime shows the order. */
class PutBackClockTest {

  private static final Duration YEARS_BACK = Duration.ofDays(-1825);

  private final TestingHost host = new TestingHost();

  /** kim is logged on from 08:00, nothing is missed up to 08:10, and the agent is back at 09:00. */
  private void missAnHour(Duration clock) {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:10:00").host(Kind.BRIDGE_HEARTBEAT);
    host.at("09:00:00").setClock(clock).host(Kind.BRIDGE_START);
  }

  private static Instant byNewClock(String time) {
    return TestingHost.time(time).plus(YEARS_BACK);
  }

  private static Evidence logoff(Instant time) {
    EventData.Builder data = TestingHost.kim(TestingHost.data(Kind.LOGOFF, 2));
    return new Evidence(time, data.build(), "winlogon_7002");
  }

  @Test
  void timeAfterIsByTheClockOfTheEvent() {
    missAnHour(YEARS_BACK);
    host.compare();
    assertThat(host.last().kind()).isEqualTo(Kind.LOGOFF);
    assertThat(host.last().get(Field.TIME_AFTER)).isEqualTo(byNewClock("08:10:00"));
  }

  @Test
  void recordOfTheNewClockIsNew() {
    missAnHour(YEARS_BACK);
    host.compare(List.of(logoff(byNewClock("08:30:00"))));
    Observation logoff = host.written.get(host.written.size() - 1);
    assertThat(logoff.time()).isEqualTo(byNewClock("08:30:00"));
    assertThat(logoff.data().get(Field.EVIDENCE)).isEqualTo("winlogon_7002");
    assertThat(logoff.data().get(Field.TIME_AFTER)).isEqualTo(byNewClock("08:10:00"));
  }

  @Test
  void recordFromBeforeTheLastKnownMomentIsIgnored() {
    missAnHour(YEARS_BACK);
    host.compare(
        List.of(logoff(byNewClock("08:05:00"))), existing(2, data -> TestingHost.kim(data)));
    assertThat(host.kinds()).doesNotContain(Kind.LOGOFF);
  }

  /** The logon was reported before the clock was set back by a minute, and the log has it too. */
  @Test
  void recordOfAReportedEventIsIgnored() {
    host.at("07:59:00").compare();
    host.at("08:00:00").wts(Kind.LOGON, 2, TestingHost::kim);
    host.at("08:00:05").setClock(Duration.ofMinutes(-1)).host(Kind.CLOCK_CHANGE);
    EventData.Builder logon = TestingHost.kim(TestingHost.data(Kind.LOGON, 2));
    host.at("08:05:00");
    host.compare(
        List.of(new Evidence(TestingHost.time("08:00:00"), logon.build(), "winlogon_7001")),
        existing(2, data -> TestingHost.kim(data)));
    assertThat(host.kinds()).containsExactly(Kind.LOGON, Kind.CLOCK_CHANGE);
  }

  /** The time of the disconnect is unknown, but the user was active up to the last known moment. */
  @Test
  void knownStretchCountsAlthoughItsEndIsNotKnown() {
    missAnHour(Duration.ofHours(-3));
    EventData.Builder disconnect = TestingHost.data(Kind.CONSOLE_DISCONNECT, 2);
    Evidence record =
        new Evidence(TestingHost.time("08:20:00"), disconnect.build(), "session_manager_24");
    HostSessions before = host.state;
    int from = host.order.size();
    host.compare(
        List.of(record),
        existing(2, data -> TestingHost.kim(data).put(Field.SESSION_STATE, "disconnected")));
    assertThat(host.last().kind()).isEqualTo(Kind.CONSOLE_DISCONNECT);
    assertThat(host.last().has(Field.UPTIME_MS)).isFalse();
    HostSessions rebuilt = before;
    for (Observation event : host.order.subList(from, host.order.size())) {
      rebuilt = host.tracker.absorb(rebuilt, event);
    }
    host.at("09:10:00").wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(600);
    host.state = rebuilt;
    host.wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(600);
  }

  /** It may be a reported one: the clock has shown that time twice. */
  @Test
  void recordOfATimeThatTheClockHasShownTwiceIsIgnored() {
    missAnHour(Duration.ofHours(-3));
    host.compare(
        List.of(logoff(TestingHost.time("05:30:00"))), existing(2, data -> TestingHost.kim(data)));
    assertThat(host.kinds()).doesNotContain(Kind.LOGOFF);
  }

  @Test
  void logonIsNotAfterTheMomentAtWhichItWasNoticed() {
    missAnHour(YEARS_BACK);
    Instant logon = byNewClock("08:50:00");
    host.compare(existing(2, data -> TestingHost.lee(data).put(Field.LOGON_TIME, logon)));
    assertThat(host.kinds()).endsWith(Kind.LOGOFF, Kind.LOGON);
    for (Observation each : host.written.subList(host.written.size() - 2, host.written.size())) {
      assertThat(each.time()).isEqualTo(logon);
      assertThat(each.data().get(Field.TIME_AFTER)).isEqualTo(byNewClock("08:10:00"));
    }
  }

  /** Later events must be the same for an agent that was killed and continues from the journal. */
  @Test
  void journalGivesTheSameTotals() {
    missAnHour(YEARS_BACK);
    HostSessions before = host.state;
    int from = host.order.size();
    host.compare(
        existing(
            2,
            data ->
                TestingHost.kim(data).put(Field.LOCKED, true).put(Field.SESSION_STATE, "active")));
    assertThat(host.last().kind()).isEqualTo(Kind.LOCK);
    HostSessions rebuilt = before;
    for (Observation event : host.order.subList(from, host.order.size())) {
      rebuilt = host.tracker.absorb(rebuilt, event);
    }
    host.at("09:10:00").wts(Kind.LOGOFF, 2);
    EventData whole = host.last();
    assertThat(whole.get(Field.ACTIVE_SECONDS)).isEqualTo(600);

    host.state = rebuilt;
    host.wts(Kind.LOGOFF, 2);
    assertThat(host.last().get(Field.ACTIVE_SECONDS)).isEqualTo(600);
    assertThat(host.last().get(Field.LOCKED_SECONDS)).isEqualTo(whole.get(Field.LOCKED_SECONDS));
  }

  /** The user logged off at 08:20, and the clock will not show that for two hours. */
  @Test
  void nextSessionOfTheNumberDoesNotWaitForTheTimeThatTheClockHasShown() {
    missAnHour(Duration.ofHours(-3));
    host.compare(
        List.of(logoff(TestingHost.time("08:20:00"))),
        existing(2, data -> data.put(Field.SESSION_STATE, "connected")));
    assertThat(host.kinds()).endsWith(Kind.LOGOFF, Kind.SESSION_PRESENT);
    EventData present = host.last();
    EventData logoff = host.written.get(host.written.size() - 2).data();
    assertThat(present.get(Field.SESSION_KEY)).isNotEqualTo(logoff.get(Field.SESSION_KEY));
  }
}
