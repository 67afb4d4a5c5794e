package io.sessionbridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.event.EventData;
import io.sessionbridge.event.EventRecord;
import io.sessionbridge.event.Field;
import io.sessionbridge.event.Kind;
import io.sessionbridge.event.Observation;
import io.sessionbridge.health.Health;
import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.spi.Host;
import io.sessionbridge.testkit.TestingClock;
import io.sessionbridge.testkit.TestingEvents;
import io.sessionbridge.testkit.TestingHost;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Positions of sources across restarts. */
@Timeout(60)
class CheckpointTest {

  private static final Instant TIME = Instant.parse("2026-11-20T08:00:00Z");
  private static final int SOURCES = 220;

  private final ModelStorage disk = new ModelStorage();
  private final TestingClock clock = new TestingClock();
  private Journal journal;
  private Checkpoint checkpoint;
  private Ingest ingest;

  private void open(Predicate<String> configured) throws Exception {
    journal = Journal.open(JournalConfig.defaults(), Path.of("data"), disk, clock);
    restore(configured);
  }

  private void restore(Predicate<String> configured) throws Exception {
    Host host = new TestingHost("own-id", "OWN");
    SessionStates states = TestingStates.restore(disk, Path.of("data"), host);
    checkpoint = Checkpoint.restore(journal, clock, "own-id", configured, states);
    LiveBoard board = new LiveBoard(clock, Health::up);
    ingest = new Ingest(journal, host, clock, board, checkpoint, states, Optional.empty());
  }

  @AfterEach
  void close() {
    journal.close();
  }

  private static String id(int number) {
    return "a-source-with-a-long-name-number-" + number;
  }

  private static byte[] position(int length, String text) {
    byte[] position = new byte[length];
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, position, 0, bytes.length);
    return position;
  }

  private void emit(String source, byte[] position) throws Exception {
    EventData data = TestingEvents.data(Kind.LOCK).put(Field.HOST_ID, source).build();
    ingest
        .intake(source, "replay", Optional.empty())
        .emit(List.of(Observation.recorded(TIME, data, position)));
  }

  private void assertPositions(int count, int length, String text) {
    for (int i = 0; i < count; i++) {
      assertThat(checkpoint.position(id(i))).as(id(i)).hasValue(position(length, text + i));
    }
  }

  @Test
  void manySourcesWithLongPositionsContinueAfterARestart() throws Exception {
    open(id -> true);
    for (int i = 0; i < SOURCES; i++) {
      emit(id(i), position(EventRecord.MAX_POSITION, "first" + i));
    }
    ingest.saveStates();
    journal.close();
    open(id -> true);
    assertPositions(SOURCES, EventRecord.MAX_POSITION, "first");
    for (int i = 0; i < SOURCES; i++) {
      emit(id(i), position(EventRecord.MAX_POSITION, "next" + i));
    }
    ingest.saveStates();
    assertThat(journal.status().failure()).isEmpty();
    journal.close();
    open(id -> true);
    assertPositions(SOURCES, EventRecord.MAX_POSITION, "next");
  }

  @Test
  void readsAFullNoteOfAnEarlierVersionAndLetsItGrow() throws Exception {
    open(id -> true);
    Cursor cursor = journal.cursors().open(Checkpoint.CURSOR, Start.OLDEST);
    StringBuilder note = new StringBuilder("{\"host_id\":\"own-id\",\"positions\":{");
    int sources = 190;
    for (int i = 0; i < sources; i++) {
      note.append(i == 0 ? "" : ",")
          .append('"' + id(i) + "\":\"")
          .append(Base64.getEncoder().encodeToString(position(30, "old" + i)))
          .append('"');
    }
    byte[] bytes = note.append("}}").toString().getBytes(StandardCharsets.UTF_8);
    assertThat(bytes.length).isBetween(14_000, CursorState.MAX_NOTE_BYTES);
    cursor.move(cursor.state().at(cursor.state().position(), bytes));
    journal.close();

    for (int run = 0; run < 3; run++) {
      open(id -> true);
      assertPositions(sources, 30, "old");
      ingest.saveStates();
      disk.kill(); // like kill -9: the journal is not closed
    }
    open(id -> true);
    for (int i = 0; i < sources; i++) {
      emit(id(i), position(1000, "grown" + i));
    }
    ingest.saveStates();
    journal.close();
    open(id -> true);
    assertPositions(sources, 1000, "grown");
  }

  @Test
  void aStaleCopyNeverReplacesALaterOne() throws Exception {
    open(id -> true);
    IntStream.range(0, 30).forEach(i -> assertThat(checkpoint.position(id(i))).isEmpty());
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 30; i++) {
        emit(id(i), position(900, "round" + round + "-" + i));
      }
      if (round % 2 == 0) {
        ingest.saveStates();
      }
      journal.close();
      open(id -> true);
      assertPositions(30, 900, "round" + round + "-");
    }
  }

  @Test
  void dropsAnUnconfiguredSourceAfterThirtyDays() throws Exception {
    open(id -> true);
    emit("kept", position(10, "k"));
    emit("gone", position(10, "g"));
    ingest.saveStates();
    clock.advance(Duration.ofDays(100)); // configured all the time
    restore(id -> true);
    clock.advance(Duration.ofDays(29));
    restore(id -> id.equals("kept"));
    assertThat(checkpoint.position("gone")).isPresent();
    assertThat(checkpoint.abandoned()).containsOnlyKeys("gone");
    clock.advance(Duration.ofDays(2));
    restore(id -> id.equals("kept"));
    assertThat(checkpoint.position("gone")).isEmpty();
    assertThat(checkpoint.position("kept")).isPresent();
    journal.close();
    open(id -> true);
    assertThat(checkpoint.position("kept")).isPresent();
  }

  @Test
  void refusesATooLongNoteAtOnce() throws Exception {
    open(id -> true);
    Cursor cursor = journal.cursors().open("other", Start.OLDEST);
    assertThatThrownBy(
            () -> cursor.move(cursor.state().at(cursor.state().position(), new byte[16_001])))
        .hasMessage("the note of cursor other may have 16000 bytes, had 16001");
    emit("kept", position(10, "k")); // the journal's thread is alive
  }
}
