package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.Origin;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.HostActivity.State;
import io.sessionbridge.spi.HostCondition;
import io.sessionbridge.spi.HostCondition.Display;
import io.sessionbridge.spi.HostCondition.Presence;
import io.sessionbridge.spi.HostState;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.spi.LifeState;
import io.sessionbridge.spi.SessionState;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IngestTest {

  private static final Path FOLDER = Path.of("data");
  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private Host host = new TestingHost("own-id", "OWN");
  private Journal journal;
  private Checkpoint checkpoint;
  private LiveBoard board;
  private Ingest ingest;
  private Intake intake;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), FOLDER, disk, Clock.system());
    board = new LiveBoard(clock, Health::up);
    ingest = ingest(FOLDER);
    intake = ingest.intake("windows", "wts", Optional.empty());
  }

  private Ingest ingest(Path folder) throws Exception {
    SessionStates states = TestingStates.restore(disk, folder, host);
    checkpoint = Checkpoint.restore(journal, Clock.system(), host.id(), source -> true, states);
    return new Ingest(journal, host, clock, board, checkpoint, states, Optional.empty());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  @Test
  void theBoardShowsOnlyDurableState() throws Exception {
    disk.failAt(0, 1_000_000, "no space left on device");
    Observation logon = Observation.live(TIME, logon().put(Field.SESSION_ID, 2L).build());
    assertThatThrownBy(() -> intake.emit(List.of(logon))).isInstanceOf(EmitException.class);
    assertThat(board.now().sessions()).isEmpty();
    disk.failAt(0, 0, "");
    intake.emit(List.of(logon));
    assertThat(board.now().sessions()).hasSize(1);
  }

  /** A receiver of an event can determine whether the sessions include it. */
  @Test
  void theBoardHasTheSequenceOfItsState() throws Exception {
    intake.emit(List.of(Observation.live(TIME, logon().put(Field.SESSION_ID, 2L).build())));
    SessionEvent logon = events().get(0);
    assertThat(board.now().sequence()).isEqualTo(logon.journalSequence());
    assertThat(logon.live()).isTrue();
    HostState before = board.now();
    intake.emit(List.of(Observation.recorded(TIME, logon().build(), null))); // of no session
    assertThat(board.now().sequence()).isEqualTo(events().get(1).journalSequence());
    assertThat(board.now().differsFrom(before)).isFalse();
    assertThat(events().get(1).live()).isFalse();
  }

  @Test
  void theBoardShowsUsersAndTheirStateSince() throws Exception {
    assertThat(board.now().activity()).isEmpty();
    Instant locked = TIME.plusSeconds(60);
    intake.emit(List.of(Observation.live(TIME, logon().put(Field.SESSION_ID, 2L).build())));
    SessionState active = board.now().sessions().get(0);
    assertThat(active.state()).contains(LifeState.ACTIVE);
    assertThat(active.since()).contains(TIME);
    assertThat(active.sessionKey()).contains(events().get(0).id());
    intake.emit(
        List.of(
            Observation.live(
                locked, EventData.builder(Kind.LOCK).put(Field.SESSION_ID, 2L).build())));
    SessionState now = board.now().sessions().get(0);
    assertThat(now.state()).contains(LifeState.LOCKED);
    assertThat(now.since()).contains(locked);
    assertThat(now.sessionKey()).isEqualTo(active.sessionKey());
    assertThat(board.now().activity().orElseThrow().state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void theBoardShowsNoStateOfASessionWithoutAUser() throws Exception {
    intake.emit(List.of(live(Kind.SESSION_CREATE, 2), live(Kind.CONSOLE_CONNECT, 2)));
    SessionState now = board.now().sessions().get(0);
    assertThat(now.connected()).contains(true);
    assertThat(now.state()).isEmpty();
    assertThat(now.since()).isEmpty();
    assertThat(now.sessionKey()).contains(events().get(0).id());
  }

  @Test
  void eachConditionIsPublishedOnce() {
    AtomicInteger published = new AtomicInteger();
    board.onChange(published::incrementAndGet);
    HostCondition expected = HostCondition.UNKNOWN;
    List<HostCondition> changes =
        List.of(
            HostCondition.of(Presence.PRESENT),
            HostCondition.of(Presence.INACTIVE),
            HostCondition.of(Display.ON),
            HostCondition.of(Display.OFF),
            HostCondition.ofBattery(false),
            HostCondition.ofBattery(true),
            HostCondition.ofDisplayRequest(true),
            HostCondition.ofDisplayRequest(false));
    for (int i = 0; i < changes.size(); i++) {
      HostState before = board.now();
      expected = expected.updatedBy(changes.get(i));
      intake.reportCondition(changes.get(i));
      intake.reportCondition(changes.get(i));
      assertThat(board.now().condition()).isEqualTo(expected);
      assertThat(board.now().differsFrom(before)).isTrue();
      assertThat(published).hasValue(i + 1);
    }
  }

  @Test
  void aLiveEventConcernsThisHost() throws Exception {
    intake.emit(List.of(Observation.live(TIME, logon().put(Field.SESSION_ID, 2L).build())));
    EventData data = events().get(0).data();
    assertThat(data.get(Field.HOST_ID)).isEqualTo("own-id");
    assertThat(data.get(Field.HOST_NAME)).isEqualTo("OWN");
    assertThat(data.get(Field.SOURCE_ID)).isEqualTo("windows");
    assertThat(data.get(Field.SOURCE_TYPE)).isEqualTo("wts");
    assertThat(data.has(Field.LOCAL_OFFSET)).isTrue();
  }

  @Test
  void aRecordedEventConcernsItsOwnHostInAnySpelling() throws Exception {
    intake.emit(
        List.of(
            recorded(logon().put(Field.HOST_NAME, "Desk-7")),
            recorded(logon().put(Field.HOST_NAME, "DESK-7")),
            recorded(logon().put(Field.HOST_NAME, "DESK-8")),
            recorded(logon().put(Field.HOST_ID, "given").put(Field.HOST_NAME, "DESK-9")),
            recorded(logon())));
    List<SessionEvent> events = events();
    assertThat(events.get(0).partitionKey()).isEqualTo(events.get(1).partitionKey());
    assertThat(events.get(2).partitionKey()).isNotEqualTo(events.get(0).partitionKey());
    assertThat(events.get(3).partitionKey()).isEqualTo("given");
    assertThat(events.get(4).partitionKey()).isEqualTo("own-id");
    assertThat(events).noneMatch(event -> event.data().has(Field.UPTIME_MS));
    assertThat(events.get(0).source()).isEqualTo("/sessionbridge/own-id");
  }

  @Test
  void anImportedEventKeepsItsReporter() throws Exception {
    Origin origin = new Origin("x-1", "/sessionbridge/other", Optional.empty(), Optional.empty());
    EventData data = logon().put(Field.HOST_ID, "other").put(Field.SOURCE_ID, "scm").build();
    intake.emit(List.of(Observation.imported(TIME, data, null, origin)));
    assertThat(events().get(0).id()).isEqualTo("x-1");
    assertThat(events().get(0).data().get(Field.SOURCE_ID)).isEqualTo("scm");
  }

  @Test
  void theBoardShowsCurrentSessionsAndNoHistory() throws Exception {
    intake.emit(
        List.of(
            live(Kind.LOGON, 2),
            live(Kind.LOCK, 2),
            live(Kind.LOGON, 3),
            live(Kind.LOGOFF, 3),
            recorded(logon().put(Field.SESSION_ID, 9L))));
    assertThat(board.now().sessions()).hasSize(1);
    SessionState session = board.now().sessions().get(0);
    assertThat(session.sessionId()).isEqualTo(2);
    assertThat(session.locked()).contains(true);
    assertThat(session.connected()).contains(true);
    assertThat(session.userName()).contains("kim");
    assertThat(session.lastKind()).isEqualTo(Kind.LOCK);
  }

  @Test
  void keepsTheOrderWhenTheClockGoesBack() throws Exception {
    Instant before = clock.now();
    intake.emit(List.of(recorded(logon())));
    clock.jump(before.minusSeconds(3600));
    intake.emit(List.of(recorded(logon())));
    List<SessionEvent> events = events();
    assertThat(events.get(1).recordedTime()).isEqualTo(before.minusSeconds(3600));
    assertThat(events.get(1).sequence()).isGreaterThan(events.get(0).sequence());
  }

  @Test
  void aSourceContinuesAfterItsLastDurableEvent() throws Exception {
    assertThat(intake.resumePosition()).isEmpty();
    for (byte position = 1; position <= 5; position++) {
      intake.emit(List.of(recorded(logon()).withPosition(new byte[] {position})));
    }
    journal.close();
    disk.crash(new Random(1));
    open();
    assertThat(intake.resumePosition()).contains(new byte[] {5});
    ingest.saveStates();
    journal.close();
    open();
    assertThat(intake.resumePosition()).contains(new byte[] {5});
  }

  @Test
  void aFullDiskFailsTheCallUntilThereIsRoom() throws Exception {
    intake.emit(List.of(recorded(logon().put(Field.USER_NAME, "first"))));
    disk.failAt(0, 1_000_000, "No space left on device");
    assertThatThrownBy(() -> intake.emit(List.of(recorded(logon()))))
        .isInstanceOf(EmitException.class)
        .hasMessageContaining("the journal cannot write: ")
        .hasMessageContaining("No space left on device");
    disk.failAt(0, 0, "");
    intake.emit(List.of(recorded(logon().put(Field.USER_NAME, "last"))));
    assertThat(events())
        .extracting(event -> event.data().get(Field.USER_NAME))
        .containsExactly("first", "last");
  }

  @Test
  void detectsADiskImageOnAnotherMachine() throws Exception {
    assertThat(checkpoint.previousHostId()).isEmpty();
    journal.close();
    host = new TestingHost("other-id", "OTHER");
    open();
    assertThat(checkpoint.previousHostId()).contains("own-id");
    journal.close();
    open();
    assertThat(checkpoint.previousHostId()).isEmpty();
  }

  @Test
  void withBlockAllButTheAgentWaitForTheSlowestSink() throws Exception {
    Cursor slow = openBlocking();
    AtomicInteger taken = new AtomicInteger();
    Thread source = new Thread(() -> emitLocks(200, taken, new HashSet<>()));
    source.start();
    while (!waits(source) || journal.lastSequence() < 20) {
      Thread.onSpinWait();
    }
    assertThat(taken).hasValueLessThan(200);
    ingest.emitOwn(EventData.builder(Kind.BRIDGE_STOP).build());
    while (source.isAlive()) {
      slow.move(slow.state().at(journal.durableSequence(), new byte[0]));
      source.join(1);
    }
    assertThat(taken).hasValue(200);
  }

  /** Nothing else moves the notes here, and each move writes all states. */
  @Test
  void movesItsOwnNotesIfOnlyTheyPinSegments() throws Exception {
    Cursor slow = openBlocking();
    AtomicInteger taken = new AtomicInteger();
    Set<Long> notes = ConcurrentHashMap.newKeySet();
    Thread source = new Thread(() -> emitLocks(400, taken, notes));
    source.start();
    long passed = 0;
    while (source.isAlive()) {
      if (waits(source) && passed < journal.durableSequence()) {
        passed++;
        slow.move(slow.state().at(passed, new byte[0]));
      } else {
        source.join(1);
      }
    }
    assertThat(taken).hasValue(400);
    assertThat(notes.size()).isBetween(2, 40);
  }

  /** A journal with {@code when_full: block}, and a sink that pins its segments. */
  private Cursor openBlocking() throws Exception {
    journal.close();
    JournalConfig config =
        new JournalConfig(
            16_384,
            4096,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.BLOCK,
            JournalConfig.Durability.FSYNC,
            false);
    journal = Journal.open(config, Path.of("blocking"), disk, Clock.system());
    Cursor slow = journal.cursors().open("slow", Start.OLDEST);
    ingest = ingest(Path.of("blocking"));
    journal.beginRetention();
    return slow;
  }

  /**
   * @param notes position of the ingest's own notes after each event
   */
  private void emitLocks(int count, AtomicInteger taken, Set<Long> notes) {
    Intake blocked = ingest.intake("windows", "wts", Optional.empty());
    try {
      while (taken.get() < count) {
        blocked.emit(List.of(live(Kind.LOCK, taken.get())));
        notes.add(checkpoint.noted());
        taken.incrementAndGet();
      }
    } catch (EmitException | InterruptedException e) {
      taken.set(-1);
    }
  }

  @Test
  void finiteSourcesNeverEvictOlderEvents() throws Exception {
    journal.close();
    long maxBytes = 16 * 16_384;
    journal =
        Journal.open(
            new JournalConfig(
                maxBytes,
                16_384,
                Duration.ofDays(90),
                Duration.ofDays(1),
                JournalConfig.WhenFull.DROP_OLDEST,
                JournalConfig.Durability.FSYNC,
                false),
            Path.of("finite"),
            disk,
            Clock.system());
    Cursor slow = journal.cursors().open("slow", Start.OLDEST);
    ingest = ingest(Path.of("finite"));
    journal.beginRetention();
    AtomicInteger failed = new AtomicInteger();
    List<Thread> sources = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Intake finite = ingest.intake("replay" + i, "replay", Optional.empty());
      String hostName = "HOST" + i;
      sources.add(new Thread(() -> emitAll(finite, hostName, failed)));
    }
    sources.forEach(Thread::start);
    long largest = 0;
    long passed = 0;
    try (JournalReader reader = journal.reader(0)) {
      while (sources.stream().anyMatch(Thread::isAlive) || passed < journal.durableSequence()) {
        largest = Math.max(largest, journal.status().bytes());
        boolean full = journal.status().bytes() > maxBytes - 16_384;
        boolean written = journal.lastSequence() == journal.durableSequence();
        List<Thread> alive = sources.stream().filter(Thread::isAlive).toList();
        if (alive.isEmpty() || full && written && alive.stream().allMatch(IngestTest::waits)) {
          for (JournalRecord record : reader.read(20, 1 << 20)) {
            assertThat(record).isInstanceOf(JournalRecord.Data.class);
            passed++;
          }
          slow.move(slow.state().at(passed, new byte[0]));
        }
      }
    }
    assertThat(failed).hasValue(0);
    assertThat(passed).isEqualTo(8 * 100 * 3);
    assertThat(journal.status().evictedSegments()).isZero();
    assertThat(largest).isLessThanOrEqualTo(maxBytes);
  }

  private static boolean waits(Thread source) {
    return source.getState() == Thread.State.TIMED_WAITING; // for room; for the disk it is WAITING
  }

  /** Three hundred events, each about 120 bytes larger than a typical one. */
  private static void emitAll(Intake finite, String hostName, AtomicInteger failed) {
    try {
      for (byte i = 0; i < 100; i++) {
        Observation event =
            recorded(logon().put(Field.HOST_NAME, hostName).put(Field.CLIENT_NAME, "c".repeat(120)))
                .withPosition(new byte[] {i, 1, 2, 3, 4, 5, 6, 7});
        finite.emitWhenRoom(List.of(event, event, event));
      }
    } catch (EmitException | InterruptedException e) {
      failed.incrementAndGet();
    }
  }

  private static EventData.Builder logon() {
    return EventData.builder(Kind.LOGON).put(Field.USER_NAME, "kim");
  }

  private static Observation recorded(EventData.Builder data) {
    return Observation.recorded(TIME, data.build(), null);
  }

  private static Observation live(Kind kind, long session) {
    EventData data =
        EventData.builder(kind).put(Field.SESSION_ID, session).put(Field.USER_NAME, "kim").build();
    return Observation.live(TIME, data);
  }

  private List<SessionEvent> events() throws Exception {
    return Recorded.events(journal, host);
  }
}
