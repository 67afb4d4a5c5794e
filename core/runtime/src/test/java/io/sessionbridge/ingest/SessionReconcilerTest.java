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
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sessions that exist against those that were reported, through the journal. */
@Timeout(60)
class SessionReconcilerTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final Host host = new TestingHost("own-id", "OWN");
  private final TestingDirectory directory = new TestingDirectory();
  private Journal journal;
  private LiveBoard board;
  private SessionReconciler reconciler;
  private Intake intake;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, Clock.system());
    board = new LiveBoard(clock, Health::up);
    Checkpoint checkpoint = Checkpoint.restore(journal, host.id());
    Ingest ingest = new Ingest(journal, host, clock, board, checkpoint, Optional.of(directory));
    reconciler = new SessionReconciler(ingest, directory, board, Clock.system(), new Supervisor());
    reconciler.start();
    intake = ingest.intake("windows", "wts", Optional.of(reconciler));
  }

  @AfterEach
  void close() {
    reconciler.close();
    journal.close();
  }

  /** Knows what a test says. */
  private static final class TestingDirectory implements SessionDirectory {
    volatile List<EventData> sessions = List.of();
    volatile Optional<EventData> found = Optional.empty();
    volatile CountDownLatch read = new CountDownLatch(1);

    @Override
    public Optional<EventData> find(EventData event) {
      return found;
    }

    @Override
    public List<EventData> all() {
      List<EventData> now = sessions;
      read.countDown();
      return now;
    }
  }

  private static EventData present(long id, String user, boolean locked) {
    return EventData.builder(Kind.SESSION_PRESENT)
        .put(Field.SESSION_ID, id)
        .put(Field.USER_NAME, user)
        .put(Field.LOCKED, locked)
        .put(Field.SESSION_STATE, "active")
        .build();
  }

  /** Asks, and returns when all that came of it is in the journal. */
  private void ask(String reason) throws Exception {
    directory.read = new CountDownLatch(1);
    intake.missed(reason);
    directory.read.await();
    reconciler.close(); // ends after the one in hand
  }

  private List<SessionEvent> events() throws Exception {
    return Recorded.events(journal, host);
  }

  @Test
  void whatNobodyReportedBecomesAnEvent() throws Exception {
    directory.sessions = List.of(present(1, "kim", true), present(2, "lee", false));
    ask("started");
    List<SessionEvent> events = events();
    assertThat(events).hasSize(2);
    EventData first = events.get(0).data();
    assertThat(first.kind()).isEqualTo(Kind.SESSION_PRESENT);
    assertThat(first.get(Field.REASON)).isEqualTo("started");
    assertThat(first.get(Field.SOURCE_ID)).isEqualTo("windows");
    assertThat(first.get(Field.HOST_ID)).isEqualTo("own-id");
    SessionState kim = board.now().sessions().get(0);
    assertThat(kim.locked()).contains(true);
    assertThat(kim.connected()).contains(true);
    assertThat(kim.userName()).contains("kim");
  }

  @Test
  void whatIsAsReportedDoesNot() throws Exception {
    intake.emit(List.of(Observation.live(TIME, present(1, "kim", true))));
    intake.emit(List.of(Observation.live(TIME, present(2, "lee", true))));
    directory.sessions = List.of(present(1, "kim", true), present(2, "lee", false));
    ask("resumed");
    assertThat(events()).hasSize(3);
    assertThat(events().get(2).data().get(Field.SESSION_ID)).isEqualTo(2);
  }

  @Test
  void whatTheSystemDeniesDoesNotChangeTheBoard() throws Exception {
    EventData.Builder lock = EventData.builder(Kind.LOCK).put(Field.SESSION_ID, 1L);
    directory.found =
        Optional.of(
            EventData.builder(Kind.SESSION_PRESENT)
                .put(Field.CONFIRMED, false)
                .put(Field.LOCKED, false)
                .build());
    intake.emit(List.of(Observation.live(TIME, lock.build())));
    assertThat(board.now().sessions().get(0).locked()).contains(false);
    assertThat(events().get(0).data().get(Field.CONFIRMED)).isFalse();
    assertThat(events().get(0).data().kind()).isEqualTo(Kind.LOCK);
  }

  @Test
  void theConditionOfTheMachineIsKeptPieceByPiece() {
    intake.noted(HostCondition.of(Presence.INACTIVE));
    intake.noted(HostCondition.ofBattery(true));
    HostCondition condition = board.now().condition();
    assertThat(condition.presence()).contains(Presence.INACTIVE);
    assertThat(condition.display()).isEmpty();
    assertThat(condition.onBattery()).contains(true);
  }
}
