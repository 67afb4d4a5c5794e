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
import io.sessionbridge.sessions.EventIds;
import io.sessionbridge.sessions.Findings;
import io.sessionbridge.sessions.HostSessions;
import io.sessionbridge.sessions.Moment;
import io.sessionbridge.sessions.Report;
import io.sessionbridge.sessions.SessionTracker;
import io.sessionbridge.sessions.TrackedHosts;
import io.sessionbridge.sessions.TrackerSettings;
import io.sessionbridge.sessions.TrackerStep;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostActivity;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
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

/** If the tracker fails, events lack its fields but are not lost. */
@Timeout(60)
class TrackerDefectTest {

  private static final Path FOLDER = Path.of("data");
  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final Host host = new TestingHost("own-id", "OWN");
  private volatile boolean broken;
  private Journal journal;
  private LiveBoard board;
  private Ingest ingest;
  private Intake intake;

  /** Fails every call while it is broken. */
  private final class BreakingTracker extends SessionTracker {

    BreakingTracker() {
      super(TrackerSettings.ofLiveHost());
    }

    private void fail() {
      if (broken) {
        throw new IllegalStateException("a defect");
      }
    }

    @Override
    public TrackerStep apply(HostSessions before, Report report, EventIds ids) {
      TrackerStep step = super.apply(before, report, ids);
      fail(); // late, so that the changes of the step must be dropped
      return step;
    }

    @Override
    public TrackerStep note(
        HostSessions before, HostCondition condition, Moment now, EventIds ids) {
      fail();
      return super.note(before, condition, now, ids);
    }

    @Override
    public TrackerStep advanceTo(HostSessions before, Moment now, EventIds ids) {
      fail();
      return super.advanceTo(before, now, ids);
    }

    @Override
    public TrackerStep compare(HostSessions before, Findings found, EventIds ids) {
      fail();
      return super.compare(before, found, ids);
    }

    @Override
    public HostSessions absorb(HostSessions before, Observation written) {
      fail();
      return super.absorb(before, written);
    }
  }

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), FOLDER, disk, Clock.system());
    SessionStates states =
        SessionStates.restore(
            disk,
            FOLDER,
            host.id(),
            () ->
                new TrackedHosts(host.id(), new BreakingTracker(), new BreakingTracker(), 1 << 20));
    Checkpoint checkpoint = Checkpoint.restore(journal, clock, host.id(), source -> true, states);
    board = new LiveBoard(clock, Health::up);
    ingest = new Ingest(journal, host, clock, board, checkpoint, states, Optional.empty());
    intake = ingest.intake("windows", "wts", Optional.empty());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private static Observation live(Kind kind, int seconds) {
    EventData data =
        EventData.builder(kind).put(Field.SESSION_ID, 2L).put(Field.USER_NAME, "kim").build();
    return Observation.live(TIME.plusSeconds(seconds), data);
  }

  private List<SessionEvent> events() throws Exception {
    return Recorded.events(journal, host);
  }

  @Test
  void writesTheEventUnchanged() throws Exception {
    intake.emit(List.of(live(Kind.LOGON, 0)));
    broken = true;
    intake.emit(List.of(live(Kind.LOCK, 10).withPosition(new byte[] {7}), live(Kind.UNLOCK, 20)));
    broken = false;
    assertThat(ingest.trackerDefects()).isEqualTo(2);
    assertThat(board.now().sessions().get(0).state()).contains(LifeState.ACTIVE);
    intake.emit(List.of(live(Kind.LOCK, 30)));

    List<SessionEvent> events = events();
    assertThat(events)
        .extracting(SessionEvent::kind)
        .containsExactly(Kind.LOGON, Kind.LOCK, Kind.UNLOCK, Kind.LOCK);
    assertThat(events.get(1).data().get(Field.USER_NAME)).isEqualTo("kim");
    assertThat(events.get(1).data().get(Field.HOST_ID)).isEqualTo("own-id");
    assertThat(events.get(1).data().has(Field.SESSION_KEY)).isFalse();
    assertThat(events.get(3).data().get(Field.SESSION_KEY)).isEqualTo(events.get(0).id());
    assertThat(intake.resumePosition()).contains(new byte[] {7});
    assertThat(board.now().sessions().get(0).state()).contains(LifeState.LOCKED);
  }

  @Test
  void theStartContinues() throws Exception {
    intake.emit(List.of(live(Kind.LOGON, 0)));
    journal.close();
    broken = true;
    open();
    assertThat(ingest.trackerDefects()).isPositive();
    intake.emit(List.of(live(Kind.LOCK, 10)));
    assertThat(events()).extracting(SessionEvent::kind).containsExactly(Kind.LOGON, Kind.LOCK);
  }

  @Test
  void theTimerSurvives() throws Exception {
    intake.emit(List.of(live(Kind.LOGON, 0)));
    try (SessionTimer timer = new SessionTimer(ingest, clock, new Supervisor())) {
      timer.start();
      broken = true;
      intake.reportCondition(HostCondition.of(Presence.PRESENT));
      clock.advanceUntil("the defect is met", () -> ingest.trackerDefects() > 0);
      clock.advance(Duration.ofMinutes(10));
      broken = false;
      intake.reportCondition(HostCondition.of(Presence.PRESENT));
      clock.advanceUntil(
          "the host is active",
          () ->
              board
                  .now()
                  .activity()
                  .map(HostActivity::state)
                  .equals(Optional.of(HostActivity.State.ACTIVE)));
    }
  }

  @Test
  void theComparisonSurvives() throws Exception {
    broken = true;
    SessionDirectory directory =
        new SessionDirectory() {
          @Override
          public Optional<EventData> find(EventData event) {
            return Optional.empty();
          }

          @Override
          public List<EventData> all() {
            return List.of(
                EventData.builder(Kind.SESSION_PRESENT)
                    .put(Field.SESSION_ID, 2L)
                    .put(Field.USER_NAME, "kim")
                    .build());
          }
        };
    try (SessionReconciler reconciler =
        new SessionReconciler(ingest, directory, Optional.empty(), clock, new Supervisor())) {
      reconciler.start();
      Intake asking = ingest.intake("windows", "wts", Optional.of(reconciler));
      asking.reconcile("started");
      clock.advanceUntil("the defect is met", () -> ingest.trackerDefects() > 0);
      broken = false;
      asking.reconcile("again");
      clock.advanceUntil("it is compared", () -> board.now().sessions().size() == 1);
    }
    assertThat(events()).extracting(SessionEvent::kind).containsExactly(Kind.SESSION_PRESENT);
  }
}
