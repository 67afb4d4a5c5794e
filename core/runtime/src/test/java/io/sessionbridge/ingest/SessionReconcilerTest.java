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
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.SessionDirectory;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.spi.SystemLog;
import io.sessionbridge.supervision.Supervisor;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reconciliation of the existing sessions with the reported ones, through the journal. */
@Timeout(60)
class SessionReconcilerTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final Host host = new TestingHost("own-id", "OWN");
  private final TestingDirectory directory = new TestingDirectory();
  private final TestingLog log = new TestingLog();
  private Journal journal;
  private LiveBoard board;
  private Ingest ingest;
  private SessionReconciler reconciler;
  private Intake intake;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, Clock.system());
    board = new LiveBoard(clock, Health::up);
    SessionStates states = TestingStates.restore(disk, Path.of("data"), host);
    Checkpoint checkpoint = Checkpoint.restore(journal, clock, host.id(), source -> true, states);
    ingest = new Ingest(journal, host, clock, board, checkpoint, states, Optional.of(directory));
    reconcileBy(Clock.system());
  }

  private void reconcileBy(Clock other) {
    reconciler =
        new SessionReconciler(ingest, directory, Optional.of(log), other, new Supervisor());
    reconciler.start();
    intake = ingest.intake("windows", "wts", Optional.of(reconciler));
  }

  @AfterEach
  void close() {
    reconciler.close();
    journal.close();
  }

  /** A directory with the sessions that a test sets. */
  private static final class TestingDirectory implements SessionDirectory {
    volatile List<EventData> sessions = List.of();
    volatile Optional<EventData> found = Optional.empty();
    volatile Optional<Instant> connected = Optional.empty();
    volatile Optional<Instant> disconnected = Optional.empty();
    volatile CountDownLatch read = new CountDownLatch(1);
    final AtomicInteger reads = new AtomicInteger();

    @Override
    public Optional<EventData> find(EventData event) {
      return found;
    }

    @Override
    public List<EventData> all() {
      List<EventData> now = sessions;
      reads.incrementAndGet();
      read.countDown();
      return now;
    }

    @Override
    public List<Existing> existing() {
      return all().stream().map(data -> new Existing(data, connected, disconnected)).toList();
    }
  }

  /** A log with the entries that a test sets, from the position on. */
  private static final class TestingLog implements SystemLog {
    final List<Entry> entries = new CopyOnWriteArrayList<>();
    final List<Optional<String>> asked = new CopyOnWriteArrayList<>();
    volatile boolean complete = true;

    @Override
    public Reading read(Optional<String> position, Instant since) {
      asked.add(position);
      int from = position.map(Integer::parseInt).orElse(0);
      List<Entry> news = List.copyOf(entries.subList(from, entries.size()));
      return new Reading(news, Integer.toString(entries.size()), complete);
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

  /** Requests a comparison and returns when its events are in the journal. */
  private void ask(String reason) throws Exception {
    directory.read = new CountDownLatch(1);
    intake.reconcile(reason);
    directory.read.await();
    reconciler.close(); // ends after the current comparison
  }

  private List<SessionEvent> events() throws Exception {
    return Recorded.events(journal, host);
  }

  @Test
  void anUnreportedSessionBecomesAnEvent() throws Exception {
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
  void anEntryOfTheSystemsLogProvidesTheTime() throws Exception {
    directory.sessions = List.of(present(1, "kim", false));
    intake.emit(List.of(Observation.live(clock.now(), present(1, "kim", false))));
    ask("started");
    reconcileBy(Clock.system());
    clock.advance(Duration.ofHours(2));
    Instant logoff = clock.now().minusSeconds(600);
    log.entries.add(
        new SystemLog.Entry(
            logoff,
            EventData.builder(Kind.LOGOFF).put(Field.SESSION_ID, 1L).build(),
            "winlogon_7002"));
    directory.sessions = List.of();

    ask("resumed");

    SessionEvent last = events().get(events().size() - 1);
    assertThat(last.data().kind()).isEqualTo(Kind.LOGOFF);
    assertThat(last.time()).isEqualTo(logoff);
    assertThat(last.data().get(Field.EVIDENCE)).isEqualTo("winlogon_7002");
    assertThat(last.data().get(Field.INFERRED)).isTrue();
    assertThat(log.asked).containsExactly(Optional.empty(), Optional.of("0"));
  }

  @Test
  void theDirectorysConnectTimeProvidesTheTime() throws Exception {
    intake.emit(List.of(Observation.live(clock.now(), present(1, "kim", false))));
    directory.sessions = List.of(present(1, "kim", false));
    ask("started");
    reconcileBy(Clock.system());
    clock.advance(Duration.ofHours(2));
    Instant left = clock.now().minusSeconds(600);
    directory.disconnected = Optional.of(left);
    directory.sessions =
        List.of(
            present(1, "kim", false).toBuilder().put(Field.SESSION_STATE, "disconnected").build());

    ask("resumed");

    SessionEvent away = events().get(events().size() - 1);
    assertThat(away.kind()).isEqualTo(Kind.CONSOLE_DISCONNECT);
    assertThat(away.time()).isEqualTo(left);
    assertThat(away.data().get(Field.EVIDENCE)).isEqualTo("disconnect_time");

    reconcileBy(Clock.system());
    clock.advance(Duration.ofHours(1));
    Instant back = clock.now().minusSeconds(60);
    directory.connected = Optional.of(back);
    directory.sessions =
        List.of(present(1, "kim", false).toBuilder().put(Field.REMOTE, true).build());

    ask("resumed");

    SessionEvent there = events().get(events().size() - 1);
    assertThat(there.kind()).isEqualTo(Kind.REMOTE_CONNECT);
    assertThat(there.time()).isEqualTo(back);
    assertThat(there.data().get(Field.EVIDENCE)).isEqualTo("connect_time");
  }

  @Test
  void overwrittenLogRecordsBecomeAGap() throws Exception {
    log.complete = false;
    ask("started");
    intake.emit(List.of(Observation.live(TIME, present(1, "kim", true)))); // is after the hole
    try (JournalReader reader = journal.reader(0)) {
      assertThat(reader.read(10, 1 << 20))
          .first()
          .isInstanceOfSatisfying(
              JournalRecord.Hole.class,
              hole -> assertThat(hole.reason()).isEqualTo("log_overwritten"));
    }
  }

  @Test
  void aReportedSessionBecomesNoEvent() throws Exception {
    intake.emit(List.of(Observation.live(TIME, present(1, "kim", true))));
    intake.emit(List.of(Observation.live(TIME, present(2, "lee", true))));
    directory.sessions = List.of(present(1, "kim", true), present(2, "lee", false));
    ask("resumed");
    assertThat(events()).hasSize(3);
    assertThat(events().get(2).data().get(Field.SESSION_ID)).isEqualTo(2);
  }

  @Test
  void anUnconfirmedReportDoesNotChangeTheBoard() throws Exception {
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

  /** Runs one comparison by the clock of the test and returns when it is done. */
  private void compareFirst(EventData... sessions) throws Exception {
    reconciler.close();
    reconcileBy(clock);
    directory.sessions = List.of(sessions);
    clock.awaitWaiting(1);
    intake.reconcile("started");
    while (reconciler.written().isEmpty()) {
      Thread.onSpinWait();
    }
    clock.awaitWaiting(1);
  }

  @Test
  void findsUnreportedSessionsAfterTenMinutes() throws Exception {
    compareFirst(present(1, "kim", false));
    assertThat(events()).hasSize(1);
    directory.sessions = List.of(present(1, "kim", true));
    Instant before = clock.now();
    clock.advanceUntil("the lock is found", () -> reconciler.written().containsKey("lock"));
    EventData lock = events().get(1).data();
    assertThat(lock.kind()).isEqualTo(Kind.LOCK);
    assertThat(lock.get(Field.INFERRED)).isTrue();
    assertThat(lock.get(Field.EVIDENCE)).isEqualTo("directory");
    assertThat(lock.get(Field.SESSION_KEY)).isEqualTo(events().get(0).id());
    assertThat(clock.now()).isAfterOrEqualTo(before.plusSeconds(605));
    assertThat(board.now().sessions().get(0).locked()).contains(true);
  }

  @Test
  void infersNothingThatIsReportedDuringThePause() throws Exception {
    compareFirst(present(1, "kim", false));
    directory.sessions = List.of(present(1, "kim", true));
    int looks = directory.reads.get();
    clock.advanceUntil("it looks", () -> directory.reads.get() > looks);
    clock.awaitWaiting(1); // it waits for reports in flight
    EventData lock =
        EventData.builder(Kind.LOCK).put(Field.SESSION_ID, 1L).put(Field.USER_NAME, "kim").build();
    intake.emit(List.of(Observation.live(clock.now(), lock)));
    clock.advanceUntil("it looks again", () -> directory.reads.get() > looks + 1);
    clock.awaitWaiting(1);
    assertThat(events()).hasSize(2);
    assertThat(events().get(1).data().has(Field.INFERRED)).isFalse();
  }

  /** As at a start with several sources: each requests a comparison, and the directory is ahead. */
  @Test
  void infersNothingThatIsReportedAfterAnotherRequest() throws Exception {
    compareFirst(present(1, "kim", false));
    directory.sessions = List.of(present(1, "kim", true));
    int looks = directory.reads.get();
    intake.reconcile("started");
    while (directory.reads.get() == looks) {
      Thread.onSpinWait();
    }
    clock.awaitWaiting(1);
    EventData lock =
        EventData.builder(Kind.LOCK).put(Field.SESSION_ID, 1L).put(Field.USER_NAME, "kim").build();
    intake.emit(List.of(Observation.live(clock.now(), lock)));
    clock.advanceUntil("it looks again", () -> directory.reads.get() > looks + 1);
    clock.awaitWaiting(1);
    assertThat(events()).hasSize(2);
    assertThat(events().get(1).data().has(Field.INFERRED)).isFalse();
  }

  @Test
  void comparesAfterAResume() throws Exception {
    directory.sessions = List.of(present(1, "kim", true));
    intake.emit(List.of(Observation.live(TIME, EventData.builder(Kind.HOST_RESUME).build())));
    directory.read.await();
    reconciler.close();
    assertThat(events()).hasSize(2);
    assertThat(events().get(1).data().get(Field.REASON)).isEqualTo("resumed");
  }

  @Test
  void mergesPartialConditions() {
    intake.reportCondition(HostCondition.of(Presence.INACTIVE));
    intake.reportCondition(HostCondition.ofBattery(true));
    HostCondition condition = board.now().condition();
    assertThat(condition.presence()).contains(Presence.INACTIVE);
    assertThat(condition.display()).isEmpty();
    assertThat(condition.onBattery()).contains(true);
  }
}
