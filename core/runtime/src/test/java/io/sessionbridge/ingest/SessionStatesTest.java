package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.event.SessionEvent;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.sessions.SessionView;
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The tracker in the ingest: written events, dropped reports, and the state after a restart. */
@Timeout(60)
class SessionStatesTest {

  private static final Path FOLDER = Path.of("data");
  private static final Path SLOT_0 = FOLDER.resolve("sessions/0.state");
  private static final Path SLOT_1 = FOLDER.resolve("sessions/1.state");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final Host host = new TestingHost("own-id", "OWN");
  private Journal journal;
  private SessionStates states;
  private Ingest ingest;

  @BeforeEach
  void open() throws Exception {
    journal = Journal.open(JournalConfig.defaults(), FOLDER, disk, Clock.system());
    states = TestingStates.restore(disk, FOLDER, host);
    Checkpoint checkpoint = Checkpoint.restore(journal, clock, host.id(), id -> true, states);
    LiveBoard board = new LiveBoard(clock, Health::up);
    ingest = new Ingest(journal, host, clock, board, checkpoint, states, Optional.empty());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private Observation live(Kind kind, long id) {
    clock.advance(Duration.ofSeconds(1));
    return Observation.live(
        clock.now(),
        EventData.builder(kind)
            .put(Field.SESSION_ID, id)
            .put(Field.USER_NAME, "kim")
            .put(Field.USER_DOMAIN, "CONTOSO")
            .build());
  }

  private Intake source(String id, String type) {
    return ingest.intake(id, type, Optional.empty());
  }

  private List<SessionEvent> events() throws Exception {
    return Recorded.events(journal, host);
  }

  private SessionView session(long id) {
    return states.hosts().own().session(id).orElseThrow();
  }

  @Test
  void theSameReportOfTwoSourcesIsOneEventAndCounted() throws Exception {
    source("windows", "wts").emit(List.of(live(Kind.LOGON, 2), live(Kind.LOCK, 2)));
    source("services", "scm").emit(List.of(live(Kind.LOCK, 2)));
    assertThat(events()).extracting(SessionEvent::kind).containsExactly(Kind.LOGON, Kind.LOCK);
    assertThat(ingest.counts().bySource().get("services").correlated()).isEqualTo(1);
    assertThat(ingest.counts().bySource()).doesNotContainKey("windows");
    SessionEvent logon = events().get(0);
    assertThat(events()).allMatch(event -> logon.id().equals(event.data().get(Field.SESSION_KEY)));
  }

  @Test
  void anImpossibleSessionIsCountedAndNotWritten() throws Exception {
    source("windows", "wts").emit(List.of(live(Kind.LOCK, 4294967295L), live(Kind.LOGON, 2)));
    assertThat(events()).extracting(SessionEvent::kind).containsExactly(Kind.LOGON);
    assertThat(ingest.counts().bySource().get("windows").impossible()).isEqualTo(1);
  }

  @Test
  void aDroppedReportStillMovesThePosition() throws Exception {
    source("windows", "wts").emit(List.of(live(Kind.LOGON, 2), live(Kind.LOCK, 2)));
    Observation unlock = live(Kind.UNLOCK, 2).withPosition(new byte[] {1});
    Observation dropped = live(Kind.LOCK, 4294967295L).withPosition(new byte[] {2});
    source("services", "scm").emit(List.of(unlock, dropped));
    journal.close(); // without a checkpoint, as after a crash
    open();
    assertThat(source("services", "scm").resumePosition()).contains(new byte[] {2});
    source("services", "scm")
        .emit(List.of(live(Kind.LOCK, 4294967295L).withPosition(new byte[] {3})));
    ingest.saveStates();
    journal.close();
    open();
    assertThat(source("services", "scm").resumePosition()).contains(new byte[] {3});
  }

  @Test
  void sessionsKeepTheirKeysAcrossRestarts() throws Exception {
    source("windows", "wts").emit(List.of(live(Kind.LOGON, 2)));
    String key = session(2).key();
    ingest.saveStates();
    source("windows", "wts").emit(List.of(live(Kind.LOCK, 2)));
    journal.close();
    open();
    assertThat(session(2).key()).isEqualTo(key);
    assertThat(session(2).locked()).contains(true);
    source("windows", "wts").emit(List.of(live(Kind.UNLOCK, 2)));
    assertThat(events().get(2).data().get(Field.SESSION_KEY)).isEqualTo(key);
  }

  @Test
  void aFailedWriteDoesNotChangeTheState() throws Exception {
    source("windows", "wts").emit(List.of(live(Kind.LOGON, 2)));
    disk.failAt(0, 1_000_000, "no space left on device");
    Observation lock = live(Kind.LOCK, 2);
    assertThatThrownBy(() -> source("windows", "wts").emit(List.of(lock)))
        .isInstanceOf(EmitException.class);
    assertThat(session(2).locked()).contains(false);
    disk.failAt(0, 0, "");
    source("services", "scm").emit(List.of(lock));
    assertThat(session(2).locked()).contains(true);
    assertThat(ingest.counts().bySource()).isEmpty();
    assertThat(events()).extracting(SessionEvent::kind).containsExactly(Kind.LOGON, Kind.LOCK);
    assertThat(events().get(1).data().get(Field.SESSION_KEY)).isEqualTo(events().get(0).id());
  }

  private void fillBothSlots() throws Exception {
    source("windows", "wts").emit(List.of(live(Kind.LOGON, 2)));
    ingest.saveStates();
    source("windows", "wts").emit(List.of(live(Kind.LOCK, 2)));
    ingest.saveStates();
  }

  private void damage(Path slot) {
    byte[] bytes = disk.bytes(slot);
    bytes[bytes.length - 1] ^= 1;
    disk.put(slot, bytes);
  }

  @Test
  void aDamagedCheckpointIsRebuiltFromTheJournal() throws Exception {
    fillBothSlots();
    String key = session(2).key();
    journal.close();
    damage(SLOT_0);
    damage(SLOT_1);
    open();
    assertThat(session(2).key()).isEqualTo(key);
    assertThat(session(2).locked()).contains(true);
  }

  @Test
  void aDamagedSlotIsReplacedByTheOtherAndTheJournal() throws Exception {
    fillBothSlots();
    String key = session(2).key();
    for (Path slot : List.of(SLOT_0, SLOT_1)) {
      journal.close();
      damage(slot);
      open();
      assertThat(session(2).key()).isEqualTo(key);
      assertThat(session(2).locked()).contains(true);
      ingest.emitOwn(EventData.builder(Kind.BRIDGE_HEARTBEAT).build());
      ingest.saveStates();
      ingest.emitOwn(EventData.builder(Kind.BRIDGE_HEARTBEAT).build());
      ingest.saveStates();
    }
  }

  @Test
  void aCheckpointOfALaterVersionIsRebuiltFromTheJournal() throws Exception {
    fillBothSlots();
    String key = session(2).key();
    journal.close();
    for (Path slot : List.of(SLOT_0, SLOT_1)) {
      ByteBuffer bytes = ByteBuffer.wrap(disk.bytes(slot));
      bytes.putInt(4, 2);
      CRC32C crc = new CRC32C();
      crc.update(bytes.array(), 0, 60);
      bytes.putInt(60, (int) crc.getValue());
      disk.put(slot, bytes.array());
    }
    open();
    assertThat(session(2).key()).isEqualTo(key);
    assertThat(session(2).locked()).contains(true);
  }

  @Test
  void recordedEventsOfThisHostAreNotItsCurrentState() throws Exception {
    Observation old = live(Kind.LOGON, 2);
    source("file", "replay").emit(List.of(Observation.recorded(old.time(), old.data(), null)));
    assertThat(states.hosts().own().sessions()).isEmpty();
    journal.close();
    open();
    assertThat(states.hosts().own().sessions()).isEmpty();
    assertThat(states.hosts().others()).hasSize(1);
  }
}
