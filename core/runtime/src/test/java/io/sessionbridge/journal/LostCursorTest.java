package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.config;
import static io.sessionbridge.journal.TestingJournal.open;
import static io.sessionbridge.journal.TestingJournal.openWithoutRetention;
import static io.sessionbridge.journal.TestingJournal.segments;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.journal.cursors.KnownCursors;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.testkit.storage.ModelStorage;
import io.sessionbridge.testkit.storage.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A damaged or missing cursor loses no events, regardless of the other cursors and of failed
 * starts. Two records per segment.
 */
class LostCursorTest {

  private static final Path CURSORS = FOLDER.resolve("cursors");
  private static final Path AWAY = CURSORS.resolve("away.cursor");
  private static final Path KNOWN = TestingJournal.SEGMENTS.resolve(KnownCursors.FOLDER);
  private static final String FILLER = "x".repeat(900);
  private static final String IN_USE =
      "The process cannot access the file because it is being used by another process";

  private ModelStorage disk = new ModelStorage();

  /** Damage to a file. */
  private enum Loss {
    FLIPPED_BYTES {
      @Override
      void happenTo(Path file, ModelStorage disk) {
        byte[] bytes = disk.bytes(file);
        bytes[40] ^= 1;
        bytes[TwoSlotFile.SLOT + 40] ^= 1;
        disk.put(file, bytes);
      }
    },
    EMPTY {
      @Override
      void happenTo(Path file, ModelStorage disk) {
        disk.put(file, new byte[0]);
      }
    },
    ZEROS {
      @Override
      void happenTo(Path file, ModelStorage disk) {
        disk.put(file, new byte[2 * TwoSlotFile.SLOT]);
      }
    },
    TOO_SHORT {
      @Override
      void happenTo(Path file, ModelStorage disk) throws IOException {
        disk.remove(file);
        TwoSlotFile.create(disk, file.getParent(), file.getFileName().toString(), new byte[7])
            .close();
      }
    },
    UNREADABLE {
      @Override
      void happenTo(Path file, ModelStorage disk) {
        disk.unreadable(file, 0, 2 * TwoSlotFile.SLOT, Long.MAX_VALUE);
      }
    },
    NOT_TO_BE_OPENED {
      @Override
      void happenTo(Path file, ModelStorage disk) {
        disk.failOpen(file, "Input/output error");
      }
    },
    GONE {
      @Override
      void happenTo(Path file, ModelStorage disk) {
        disk.remove(file);
      }
    };

    abstract void happenTo(Path file, ModelStorage disk) throws IOException;
  }

  /** Ten records pending for a disconnected sink; the other sink has received them all. */
  @BeforeEach
  void appendTenRecords() throws Exception {
    JournalCore journal = open(disk, 1);
    journal.cursors().open("away", Start.OLDEST);
    Cursor alive = journal.cursors().open("alive", Start.OLDEST);
    for (int i = 1; i <= 10; i++) {
      append(journal, i + FILLER);
    }
    alive.move(alive.state().at(10, new byte[0]));
    journal.close();
    disk.kill();
    assertThat(segments(disk)).hasSize(5);
  }

  /** A start that ends before the sinks have opened their cursors. */
  private void failedStart(long epoch) throws IOException {
    try (JournalCore journal = openWithoutRetention(disk, epoch)) {
      journal.cursors().open("alive", Start.NOW);
      journal.step();
    }
    disk.kill();
  }

  /** What the sink receives at the next start, with {@code start: now} in its configuration. */
  private List<String> delivered(long epoch) throws IOException {
    JournalCore journal = openWithoutRetention(disk, epoch);
    journal.cursors().open("alive", Start.NOW);
    Cursor away = journal.cursors().open("away", Start.NOW);
    journal.beginRetention();
    journal.step();
    return read(journal, away);
  }

  private static List<String> read(JournalCore journal, Cursor cursor) throws IOException {
    List<String> texts = new ArrayList<>();
    try (JournalReader reader = journal.reader(cursor.state())) {
      for (List<JournalRecord> some = reader.read(3, 1 << 20);
          !some.isEmpty();
          some = reader.read(3, 1 << 20)) {
        some.forEach(record -> texts.add(TestingJournal.text(record).replace(FILLER, "")));
      }
    }
    return texts;
  }

  private static List<String> records(int first, int last) {
    List<String> texts = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      texts.add(i + ":" + i);
    }
    return texts;
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losesNoPendingRecords(Loss loss) throws Exception {
    loss.happenTo(AWAY, disk);
    assertThat(delivered(2)).isEqualTo(records(1, 10));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losesNothingThroughStartsThatFail(Loss loss) throws Exception {
    loss.happenTo(AWAY, disk);
    failedStart(2);
    failedStart(3);
    assertThat(delivered(4)).isEqualTo(records(1, 10));
  }

  @ParameterizedTest
  @EnumSource(Loss.class)
  void losesNothingOfADataFolderFromBeforeCursorsWereKnown(Loss loss) throws Exception {
    if (loss == Loss.GONE) {
      return; // it left no trace
    }
    disk.list(KNOWN).forEach(disk::remove);
    loss.happenTo(AWAY, disk);
    failedStart(2);
    assertThat(delivered(3)).isEqualTo(records(1, 10));
  }

  @Test
  void losesNothingWithTheWholeFolderOfCursors() throws Exception {
    disk.list(CURSORS).forEach(disk::remove);
    failedStart(2);
    assertThat(delivered(3)).isEqualTo(records(1, 10));
  }

  @Test
  void losesNothingWithAllCursorsOfAnEarlierVersion() throws Exception {
    disk.list(KNOWN).forEach(disk::remove);
    disk.list(CURSORS).forEach(disk::remove);
    failedStart(2);
    failedStart(3);
    assertThat(delivered(4)).isEqualTo(records(1, 10));
    disk.kill();
    JournalCore later = openWithoutRetention(disk, 5);
    assertThat(later.cursors().open("new", Start.NOW).state().position()).isEqualTo(10);
  }

  @Test
  void losesNothingOfACursorSetAsideByAnEarlierVersion() throws Exception {
    disk.list(KNOWN).forEach(disk::remove);
    disk.put(AWAY.resolveSibling("away.cursor.damaged-1"), disk.bytes(AWAY));
    disk.remove(AWAY);
    assertThat(delivered(2)).isEqualTo(records(1, 10));
  }

  @Test
  void reportsAPossibleLossIfRecordsWereEvicted() throws Exception {
    evictFour();
    Loss.FLIPPED_BYTES.happenTo(AWAY, disk);
    failedStart(3);
    JournalCore journal = openWithoutRetention(disk, 4);
    Cursor away = journal.cursors().open("away", Start.NOW);
    try (JournalReader reader = journal.reader(away.state())) {
      JournalRecord first = reader.read(1, 1 << 20).get(0);
      assertThat(first)
          .isEqualTo(
              new Hole(
                  "0000000000000003",
                  1,
                  4,
                  Hole.UNKNOWN_COUNT,
                  "cursor_damaged",
                  ((Hole) first).timeMicros()));
      assertThat(reader.read(1, 1 << 20).get(0).first()).isEqualTo(5);
    }
    away.move(away.state().at(4, new byte[0]));
    journal.step();
    journal.close();
    disk.kill();
    assertThat(delivered(5).get(0)).as("reported once").isEqualTo("5:5");
  }

  @Test
  void keepsItsSegmentsFromTheFirstStart() throws Exception {
    Loss.FLIPPED_BYTES.happenTo(AWAY, disk);
    failedStart(2);
    evictFour();
    assertThat(delivered(4).get(0)).isEqualTo("1-4 evicted");
  }

  /** Evicts four records by filling the journal. */
  private void evictFour() throws Exception {
    JournalCore journal =
        new JournalCore(
            config(4 * 4096, WhenFull.DROP_OLDEST), FOLDER, disk, new CrashRun.HandClock(), 9);
    journal.beginRetention();
    append(journal, 11 + FILLER);
    while (journal.firstSequence() < 5) {
      append(journal, (journal.lastSequence() + 1) + FILLER);
    }
    assertThat(journal.firstSequence()).isEqualTo(5);
    journal.close();
    disk.kill();
  }

  /** Another program has the damaged file open, like a virus scanner on Windows. */
  @Test
  void doesNotFailTheStartIfItsFileCannotBeSetAside() throws Exception {
    Loss.FLIPPED_BYTES.happenTo(AWAY, disk);
    disk.hold(AWAY);
    byte[] damaged = disk.bytes(AWAY);
    CrashRun.HandClock clock = new CrashRun.HandClock();
    JournalCore journal = new JournalCore(TestingJournal.small(), FOLDER, disk, clock, 2);
    journal.cursors().open("alive", Start.NOW);
    Cursor away = journal.cursors().open("away", Start.NOW);
    journal.beginRetention();
    append(journal, "11");
    assertThat(read(journal, away)).isEqualTo(records(1, 11));
    assertThat(journal.status().unwritableCursors())
        .containsExactly("away: " + AWAY + ": " + IN_USE);
    away.move(away.state().at(8, new byte[0]));
    clock.advance(Duration.ofSeconds(2));
    journal.step();
    assertThat(segments(disk)).as("it keeps its pending records").hasSize(6);
    assertThat(disk.bytes(AWAY)).isEqualTo(damaged);
    disk.release(AWAY);
    clock.advance(Duration.ofSeconds(2));
    journal.step();
    assertThat(journal.status().unwritableCursors()).isEmpty();
    assertThat(disk.bytes(AWAY.resolveSibling("away.cursor.damaged-1"))).isEqualTo(damaged);
    disk.crash(new Random(1));
    assertThat(delivered(3)).as("after its move").isEqualTo(records(9, 11));
  }

  @Test
  void losesNothingIfItCouldNotBeSetAside() throws Exception {
    Loss.FLIPPED_BYTES.happenTo(AWAY, disk);
    disk.hold(AWAY);
    failedStart(2);
    assertThat(delivered(3)).isEqualTo(records(1, 10));
    disk.kill();
    disk.release(AWAY);
    assertThat(delivered(4)).isEqualTo(records(1, 10));
  }

  /** One run could not register its id, and a later one crashes while recreating it. */
  @Test
  void losesNothingOfOneKnownOnlyByItsFile() throws Exception {
    for (long at = 0; ; at++) {
      disk = new ModelStorage();
      appendTenRecords();
      disk.remove(KNOWN.resolve("away.cursor"));
      Loss.FLIPPED_BYTES.happenTo(AWAY, disk);
      disk.crashAt(at);
      boolean died = false;
      try {
        delivered(2);
      } catch (SimulatedCrash e) {
        died = true;
      }
      disk.crash(new Random(at));
      assertThat(delivered(3))
          .as("the machine stops at operation %s", at)
          .isEqualTo(records(1, 10));
      if (!died) {
        return;
      }
    }
  }

  @Test
  void isNewAfterItWasForgotten() throws Exception {
    JournalCore journal = open(disk, 2);
    journal.cursors().forget("away");
    journal.close();
    disk.kill();
    JournalCore again = openWithoutRetention(disk, 3);
    assertThat(again.cursors().find("away")).isEmpty();
    assertThat(again.cursors().open("away", Start.NOW).state().position()).isEqualTo(10);
  }

  @Test
  void isNewIfItsCreationWasInterrupted() throws Exception {
    disk.put(CURSORS.resolve("fresh.cursor"), new byte[0]);
    JournalCore journal = openWithoutRetention(disk, 2);
    assertThat(journal.cursors().find("fresh")).isEmpty();
    assertThat(journal.cursors().open("fresh", Start.NOW).state().position()).isEqualTo(10);
  }

  @Test
  void deletesNothingBeforeRetentionBegins() throws Exception {
    CrashRun.HandClock clock = new CrashRun.HandClock();
    clock.jump(Duration.ofDays(4000));
    JournalCore journal =
        new JournalCore(config(4 * 4096, WhenFull.DROP_OLDEST), FOLDER, disk, clock, 2);
    for (int i = 11; i <= 20; i++) {
      append(journal, i + FILLER);
    }
    journal.cursors().all().forEach(c -> c.move(c.state().at(20, new byte[0])));
    journal.step();
    assertThat(segments(disk)).hasSize(10);
    journal.beginRetention();
    journal.step();
    assertThat(segments(disk)).hasSize(1);
  }

  @Test
  void aJournalWithoutCursorsLosesNone() throws Exception {
    Path rejected = Path.of("rejected");
    for (int start = 0; start < 2; start++) {
      try (JournalCore letters =
          new JournalCore(
              JournalConfig.deadLetters(), rejected, disk, new CrashRun.HandClock(), start + 1)) {
        append(letters, "rejected");
      }
    }
    assertThat(disk.list(rejected.resolve("journal").resolve(KnownCursors.FOLDER))).isEmpty();
  }
}
