package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watch shows what an agent would write. */
@Timeout(60)
class WatchIntakeTest implements WatchIntake.Viewer {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final TestingClock clock = new TestingClock();
  private final List<Observation> seen = new CopyOnWriteArrayList<>();
  private final List<EventData> existing = new CopyOnWriteArrayList<>();
  private final WatchIntake intake =
      new WatchIntake(
          "watch",
          "wts",
          TickingHost.from(clock),
          clock,
          Optional.of(new Existing()),
          TrackerSettings.ofLiveHost(),
          new Supervisor(),
          this);

  private final class Existing implements SessionDirectory {
    @Override
    public Optional<EventData> find(EventData event) {
      return Optional.empty();
    }

    @Override
    public List<EventData> all() {
      return List.copyOf(existing);
    }
  }

  @Override
  public void seen(Observation event) {
    seen.add(event);
  }

  @Override
  public void lost(long count, String reason) {
    throw new AssertionError(reason);
  }

  @AfterEach
  void close() {
    intake.close();
  }

  private static EventData.Builder kim(Kind kind) {
    return EventData.builder(kind)
        .put(Field.SESSION_ID, 2L)
        .put(Field.USER_NAME, "kim")
        .put(Field.HOST_NAME, "WS-7");
  }

  private List<Kind> kinds() {
    return seen.stream().map(event -> event.data().kind()).toList();
  }

  private EventData last() {
    return seen.get(seen.size() - 1).data();
  }

  @Test
  void aRecordedDayHasDurations() {
    intake.start();
    intake.emit(
        List.of(
            recorded(Kind.LOGON, 0),
            recorded(Kind.LOCK, 600),
            recorded(Kind.UNLOCK, 3000),
            recorded(Kind.LOGOFF, 3600)));
    assertThat(kinds()).containsExactly(Kind.LOGON, Kind.LOCK, Kind.UNLOCK, Kind.LOGOFF);
    assertThat(seen.get(2).data().get(Field.LAST_LOCKED_SECONDS)).isEqualTo(2400);
    assertThat(last().get(Field.SESSION_SECONDS)).isEqualTo(3600);
    assertThat(last().get(Field.ACTIVE_SECONDS)).isEqualTo(1200);
    String key = seen.get(0).data().get(Field.SESSION_KEY);
    assertThat(key).matches("[0-9a-f]{16}-1");
    assertThat(seen).allMatch(event -> key.equals(event.data().get(Field.SESSION_KEY)));
  }

  private static Observation recorded(Kind kind, long seconds) {
    return Observation.recorded(
        TIME.plusSeconds(seconds), kim(kind).put(Field.UPTIME_MS, seconds * 1000).build(), null);
  }

  @Test
  void showsAllSessionsFirstAndLaterMissedChanges() {
    existing.add(kim(Kind.SESSION_PRESENT).put(Field.LOCKED, false).build());
    existing.add(EventData.builder(Kind.SESSION_PRESENT).put(Field.SESSION_ID, 3L).build());
    intake.reconcile("started");
    clock.advanceUntil("both are shown", () -> seen.size() == 2);
    assertThat(kinds()).containsExactly(Kind.SESSION_PRESENT, Kind.SESSION_PRESENT);
    assertThat(last().get(Field.LOCAL_OFFSET)).isNotNull();

    existing.remove(1);
    intake.reconcile("resumed");
    clock.advanceUntil("the end is shown", () -> seen.size() == 3);
    assertThat(last().kind()).isEqualTo(Kind.SESSION_TERMINATE);
    assertThat(last().get(Field.INFERRED)).isTrue();
  }

  @Test
  void becomesIdleWithoutAnEvent() {
    intake.start();
    intake.emit(List.of(Observation.live(clock.now(), kim(Kind.LOGON).build())));
    intake.reportCondition(HostCondition.of(Presence.PRESENT));
    assertThat(last().kind()).isEqualTo(Kind.HOST_ACTIVE);
    intake.reportCondition(HostCondition.of(Presence.INACTIVE));
    clock.advanceUntil("the host is idle", () -> last().kind() == Kind.HOST_IDLE);
    assertThat(last().get(Field.BASIS)).isEqualTo("presence");
  }

  @Test
  void aHostWithoutReportsIsIdle() {
    intake.start();
    clock.advanceUntil("the host is idle", () -> !seen.isEmpty());
    assertThat(kinds()).containsExactly(Kind.HOST_IDLE);
    assertThat(last().get(Field.BASIS)).isEqualTo("nobody");
  }
}
