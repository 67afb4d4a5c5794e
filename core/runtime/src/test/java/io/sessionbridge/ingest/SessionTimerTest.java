package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** State changes without an event. */
@Timeout(60)
class SessionTimerTest {

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final Instant start = clock.now();

  private final Host host = TickingHost.from(clock);
  private Journal journal;
  private SessionStates states;
  private Ingest ingest;
  private LiveBoard board;
  private SessionTimer timer;
  private Intake intake;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, Clock.system());
    states = TestingStates.restore(disk, Path.of("data"), host);
    Checkpoint checkpoint = Checkpoint.restore(journal, clock, host.id(), id -> true, states);
    board = new LiveBoard(clock, Health::up);
    ingest = new Ingest(journal, host, clock, board, checkpoint, states, Optional.empty());
    ingest.emitOwn(EventData.builder(Kind.BRIDGE_START).build());
    timer = new SessionTimer(ingest, clock, new Supervisor());
    timer.start();
    intake = ingest.intake("windows", "wts", Optional.empty());
  }

  @AfterEach
  void close() {
    timer.close();
    journal.close();
  }

  private List<SessionEvent> events(Kind kind) throws Exception {
    return Recorded.events(journal, host).stream().filter(event -> event.kind() == kind).toList();
  }

  private HostActivity.State activity() {
    return states.hosts().own().activity().state();
  }

  private void logOn() throws Exception {
    EventData logon =
        EventData.builder(Kind.LOGON)
            .put(Field.SESSION_ID, 2L)
            .put(Field.USER_NAME, "kim")
            .put(Field.USER_DOMAIN, "CONTOSO")
            .build();
    intake.emit(List.of(Observation.live(clock.now(), logon)));
  }

  @Test
  void becomesIdleWithoutAnEvent() throws Exception {
    clock.advanceUntil("the host is idle", () -> activity() == HostActivity.State.IDLE);
    List<SessionEvent> idle = events(Kind.HOST_IDLE);
    assertThat(idle).hasSize(1);
    EventData data = idle.get(0).data();
    assertThat(board.now().activity())
        .contains(
            new HostActivity(HostActivity.State.IDLE, data.get(Field.SINCE), HostActivity.NOBODY));
    assertThat(data.get(Field.BASIS)).isEqualTo("nobody");
    assertThat(data.get(Field.HOST_ID)).isEqualTo("own-id");
    assertThat(data.get(Field.LOCAL_OFFSET)).isEqualTo("+00:00");
    assertThat(Duration.between(start, idle.get(0).time()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(7));
  }

  @Test
  void thePresenceOfTheSystemDecides() throws Exception {
    logOn();
    intake.reportCondition(HostCondition.of(Presence.PRESENT));
    clock.advanceUntil("the host is active", () -> activity() == HostActivity.State.ACTIVE);
    assertThat(board.now().condition().presence()).contains(Presence.PRESENT);
    intake.reportCondition(HostCondition.of(Presence.INACTIVE));
    clock.advanceUntil("the host is idle", () -> activity() == HostActivity.State.IDLE);
    EventData idle = events(Kind.HOST_IDLE).get(0).data();
    assertThat(idle.get(Field.BASIS)).isEqualTo("presence");
    assertThat(idle.get(Field.LAST_HOST_ACTIVE_SECONDS)).isNotNull();
    intake.reportCondition(HostCondition.of(Presence.PRESENT));
    clock.advanceUntil("it is active again", () -> activity() == HostActivity.State.ACTIVE);
    assertThat(events(Kind.HOST_ACTIVE)).hasSize(2);
  }

  @Test
  void keepsAConditionWhileTheDiskIsFull() throws Exception {
    logOn();
    clock.awaitWaiting(1);
    disk.failAt(0, 1_000_000, "no space left on device");
    intake.reportCondition(HostCondition.of(Presence.PRESENT));
    clock.advance(Duration.ofMinutes(2));
    clock.awaitWaiting(1);
    disk.failAt(0, 0, "");
    clock.advanceUntil("the host is active", () -> activity() == HostActivity.State.ACTIVE);
    assertThat(events(Kind.HOST_ACTIVE)).hasSize(1);
  }
}
