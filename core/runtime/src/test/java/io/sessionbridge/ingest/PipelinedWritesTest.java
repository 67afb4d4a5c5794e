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
import io.sessionbridge.spi.EmitException;
import io.sessionbridge.spi.Host;
import io.sessionbridge.spi.Intake;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several writes are in flight at once, and the disk fails some of them. */
@Timeout(60)
class PipelinedWritesTest {

  private static final int WRITERS = 6;
  private static final int EVENTS = 120;

  private final ModelStorage disk = new ModelStorage();
  private final Host host = new TestingHost("own-id", "OWN");

  @Test
  void onlyDurableWritesAreCommitted() throws Exception {
    Path folder = Path.of("data");
    Journal journal = Journal.open(JournalConfig.defaults(), folder, disk, Clock.system());
    SessionStates states = TestingStates.restore(disk, folder, host);
    Checkpoint checkpoint =
        Checkpoint.restore(journal, Clock.system(), host.id(), id -> true, states);
    LiveBoard board = new LiveBoard(Clock.system(), Health::up);
    Ingest ingest =
        new Ingest(journal, host, Clock.system(), board, checkpoint, states, Optional.empty());
    AtomicInteger failures = new AtomicInteger();
    AtomicInteger defects = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    for (int i = 1; i <= WRITERS; i++) {
      long session = i;
      Intake intake = ingest.intake("source" + i, "wts", Optional.empty());
      writers.add(
          new Thread(
              () -> {
                try {
                  write(intake, session, failures);
                } catch (RuntimeException | InterruptedException e) {
                  defects.incrementAndGet();
                }
              }));
    }
    writers.forEach(Thread::start);
    while (writers.stream().anyMatch(Thread::isAlive)) {
      long durable = journal.durableSequence();
      while (journal.durableSequence() < durable + 20
          && writers.stream().anyMatch(Thread::isAlive)) {
        Thread.onSpinWait();
      }
      disk.failAt(0, 2, "no space left on device");
    }
    assertThat(defects).hasValue(0);
    assertThat(failures.get()).isPositive();
    Map<Long, List<Kind>> kinds = new HashMap<>();
    for (SessionEvent event : Recorded.events(journal, host)) {
      kinds
          .computeIfAbsent(event.data().get(Field.SESSION_ID), id -> new ArrayList<>())
          .add(event.kind());
    }
    for (long session = 1; session <= WRITERS; session++) {
      assertThat(kinds.get(session)).as("session " + session).hasSize(EVENTS);
      assertThat(states.hosts().own().session(session).orElseThrow().locked()).contains(true);
    }
    assertThat(board.now().sessions()).hasSize(WRITERS);
    assertThat(board.now().sequence()).isEqualTo(journal.durableSequence());
    journal.close();
  }

  /** A logon, then alternating lock and unlock; the last event is a lock. */
  private static void write(Intake intake, long session, AtomicInteger failures)
      throws InterruptedException {
    for (int i = 0; i < EVENTS; i++) {
      Kind kind = i == 0 ? Kind.LOGON : i % 2 == 1 ? Kind.LOCK : Kind.UNLOCK;
      EventData data =
          EventData.builder(kind)
              .put(Field.SESSION_ID, session)
              .put(Field.USER_NAME, "u" + session)
              .build();
      boolean written = false;
      while (!written) {
        try {
          intake.emit(List.of(Observation.live(Instant.now(), data)));
          written = true;
        } catch (EmitException e) {
          failures.incrementAndGet();
        }
      }
    }
  }
}
