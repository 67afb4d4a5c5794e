package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
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
import io.sessionbridge.testkit.storage.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Some runs of an agent on the model disk, in which users log on, lock, unlock and log off, and
 * checkpoints are written. Stopped at one disk operation and compared with the acknowledged events.
 */
final class StatesRun {

  private static final Path FOLDER = Path.of("data");

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private final Host host = new TestingHost("own-id", "OWN");
  private final Random random;

  /** The user of each session and whether it is locked, as acknowledged. */
  private Map<Long, String> known = new TreeMap<>();

  /** The same, including writes in flight. */
  private Map<Long, String> next = new TreeMap<>();

  private final Map<Long, String> keys = new HashMap<>();
  private Journal journal;
  private SessionStates states;
  private Ingest ingest;
  private int users;

  StatesRun(long seed) {
    random = new Random(seed);
  }

  ModelStorage disk() {
    return disk;
  }

  private void open() throws Exception {
    journal =
        Journal.open(
            new JournalConfig(
                1 << 20,
                4096,
                Duration.ofDays(90),
                Duration.ofDays(1),
                JournalConfig.WhenFull.DROP_OLDEST,
                JournalConfig.Durability.FSYNC,
                false),
            FOLDER,
            disk,
            clock);
    states = TestingStates.restore(disk, FOLDER, host);
    Checkpoint checkpoint = Checkpoint.restore(journal, clock, host.id(), id -> true, states);
    LiveBoard board = new LiveBoard(clock, Health::up);
    ingest = new Ingest(journal, host, clock, board, checkpoint, states, Optional.empty());
    journal.beginRetention();
  }

  /** Works until the machine stops, or to the end. */
  void work() throws Exception {
    try {
      for (int life = 0; life < 2; life++) {
        open();
        ingest.emitOwn(EventData.builder(Kind.BRIDGE_START).build());
        ingest.saveStates();
        for (int i = 0; i < 25; i++) {
          act();
        }
        ingest.saveStates();
        journal.close();
      }
    } catch (SimulatedCrash | EmitException | IOException stopped) {
      closeDead();
    }
  }

  private void closeDead() {
    try {
      if (journal != null) {
        journal.close();
      }
    } catch (SimulatedCrash expected) {
      // it was running when the machine stopped
    }
  }

  private void act() throws Exception {
    clock.advance(Duration.ofSeconds(1 + random.nextInt(100)));
    if (random.nextInt(6) == 0) {
      ingest.saveStates();
      return;
    }
    long id = 1L + random.nextInt(4);
    String now = known.get(id);
    boolean logsOff = random.nextInt(3) == 0;
    if (now == null) {
      emit(Kind.LOGON, id, "u" + users++, false);
    } else {
      String user = now.substring(1);
      boolean locked = now.startsWith("L");
      emit(logsOff ? Kind.LOGOFF : locked ? Kind.UNLOCK : Kind.LOCK, id, user, !locked);
    }
  }

  private void emit(Kind kind, long id, String user, boolean locked) throws Exception {
    next = new TreeMap<>(known);
    if (kind == Kind.LOGOFF) {
      next.remove(id);
    } else {
      next.put(id, (locked ? "L" : "U") + user);
    }
    EventData data =
        EventData.builder(kind)
            .put(Field.SESSION_ID, id)
            .put(Field.USER_NAME, user)
            .put(Field.USER_DOMAIN, "CONTOSO")
            .build();
    Intake intake = ingest.intake("windows", "wts", Optional.empty());
    intake.emit(List.of(Observation.live(clock.now(), data)));
    known = next;
    keys.clear();
    views().forEach(view -> keys.put(view.sessionId(), view.key()));
  }

  private List<SessionView> views() {
    return states.hosts().own().sessions();
  }

  private Map<Long, String> found() {
    Map<Long, String> found = new TreeMap<>();
    for (SessionView view : views()) {
      boolean locked = view.locked().orElse(false);
      found.put(view.sessionId(), (locked ? "L" : "U") + view.userName().orElse(""));
    }
    return found;
  }

  /** Restarts after the crash and compares the states with the acknowledged events. */
  void recoverAndCheck(String where) throws Exception {
    if (random.nextBoolean()) {
      disk.kill();
    } else {
      disk.crash(random);
    }
    open();
    assertThat(found()).as(where).isIn(known, next);
    for (SessionView view : views()) {
      String key = keys.get(view.sessionId());
      boolean same = known.containsKey(view.sessionId()) && found().equals(known);
      if (same) {
        assertThat(view.key()).as(where).isEqualTo(key);
      }
    }
    known = found();
    ingest.emitOwn(EventData.builder(Kind.BRIDGE_START).build());
    for (int i = 0; i < 5; i++) {
      act();
      assertThat(found()).as(where).isEqualTo(known);
    }
    journal.close();
  }
}
