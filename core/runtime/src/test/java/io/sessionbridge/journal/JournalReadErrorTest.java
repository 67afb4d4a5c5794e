package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.SEGMENTS;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.segments;
import static io.sessionbridge.journal.TestingJournal.settle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.journal.cursors.CursorName;
import io.sessionbridge.journal.file.BlockFile;
import io.sessionbridge.journal.file.EvictionFloor;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The disk cannot read a sector. Segments of four blocks, records of 1,008 bytes. */
class JournalReadErrorTest {

  private static final int BLOCK = BlockFile.BLOCK;
  private static final int RECORD = 1008;
  private static final String FILLER = "x".repeat(RECORD - RecordHeader.SIZE - 5);
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();

  private JournalCore open(long epoch) throws IOException {
    JournalConfig config =
        new JournalConfig(
            1 << 20,
            4 * BLOCK,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
    JournalCore journal = new JournalCore(config, FOLDER, disk, clock, epoch);
    journal.beginRetention();
    return journal;
  }

  private static void fill(JournalCore journal, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      append(journal, String.format("%05d%s", i, FILLER));
    }
  }

  private Path segment(int index) {
    return segments(disk).get(index);
  }

  /** Reads like a delivery loop, with a minute between its tries; omits the filler. */
  private List<String> readAll(JournalCore journal, long after) throws IOException {
    List<String> all = new ArrayList<>();
    try (JournalReader reader = journal.reader(after)) {
      for (int failures = 0; failures < 20; ) {
        try {
          List<JournalRecord> some = reader.read(5, 1 << 20);
          if (some.isEmpty()) {
            return all;
          }
          some.forEach(record -> all.add(text(record)));
        } catch (IOException e) {
          failures++;
          clock.advance(Duration.ofMinutes(1));
        }
      }
    }
    throw new AssertionError("the reader never passed the bad sector, it read " + all);
  }

  private static String text(JournalRecord record) {
    return record instanceof JournalRecord.Data data
        ? new String(data.payload(), 0, 5, UTF_8)
        : TestingJournal.text(record);
  }

  private static List<String> numbers(int from, int to) {
    List<String> numbers = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      numbers.add(String.format("%05d", i));
    }
    return numbers;
  }

  private static List<String> with(List<String> before, String hole, List<String> after) {
    List<String> all = new ArrayList<>(before);
    all.add(hole);
    all.addAll(after);
    return all;
  }

  @Test
  void aBadSectorBecomesAHoleUpToTheNextRecord() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 40);
    assertThat(segments(disk)).hasSizeGreaterThan(2);
    disk.unreadable(segment(0), BLOCK + 600, BLOCK + 601, FOR_EVER);
    assertThat(readAll(journal, 0))
        .isEqualTo(with(numbers(1, 4), "5-9 unreadable", numbers(10, 40)));
    assertThat(journal.status().damagedRecords()).isEqualTo(5);
  }

  @Test
  void aTemporaryErrorLosesNothing() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 20);
    disk.unreadable(segment(0), BLOCK, 3 * BLOCK, 6);
    assertThat(readAll(journal, 0)).isEqualTo(numbers(1, 20));
    assertThat(journal.status().damagedRecords()).isZero();
  }

  @Test
  void givesUpAfterFourReadsAndTenSeconds() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 8);
    disk.unreadable(segment(0), 100, 101, FOR_EVER);
    try (JournalReader reader = journal.reader(0)) {
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(() -> reader.read(1, 1))
            .hasMessage(segment(0) + ": bytes 64 to 4095 cannot be read: Input/output error");
      }
      clock.advance(Duration.ofSeconds(10));
      assertThat(text(reader.read(1, 1).get(0))).isEqualTo("1-4 unreadable");
    }
    try (JournalReader another = journal.reader(0)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> another.read(1, 1)).isInstanceOf(IOException.class);
        clock.advance(Duration.ofHours(1));
      }
      assertThat(text(another.read(1, 1).get(0))).isEqualTo("1-4 unreadable");
    }
  }

  @Test
  void eachBadPlaceOfASegmentBecomesAHole() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 30);
    disk.unreadable(segment(0), 100, 101, FOR_EVER);
    disk.unreadable(segment(0), 3 * BLOCK, 3 * BLOCK + 1, FOR_EVER);
    disk.unreadable(segment(1), 0, 4 * BLOCK, FOR_EVER);
    List<String> all = readAll(journal, 0);
    assertThat(all)
        .isEqualTo(
            List.of(
                "1-4 unreadable",
                "00005",
                "00006",
                "00007",
                "00008",
                "00009",
                "00010",
                "00011",
                "00012",
                "13-13 unreadable",
                "14-14 unreadable",
                "15-28 unreadable",
                "00029",
                "00030"));
  }

  @Test
  void doesNotFailTheStart() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 40);
    int newest = segments(disk).size() - 1;
    disk.kill();
    for (int i = 0; i <= newest; i++) {
      disk.unreadable(segment(i), 0, 512, FOR_EVER); // the headers
    }
    JournalCore again = open(2);
    assertThat(again.lastSequence()).isEqualTo(40);
    fill(again, 41, 42);
    List<String> all = readAll(again, 0);
    assertThat(all).startsWith("1-4 unreadable", "00005").endsWith("00041", "00042");
  }

  @Test
  void assignsNoSequenceTwiceIfTheEndIsUnreadable() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 8);
    disk.kill();
    disk.unreadable(segment(0), BLOCK, BLOCK + 1, FOR_EVER); // records 5 to 8
    JournalCore again = open(2);
    long last = again.lastSequence();
    assertThat(last).as("as many as may be there").isBetween(8L, 5L + BLOCK / 48);
    append(again, "00009" + FILLER);
    assertThat(readAll(again, 0))
        .isEqualTo(with(numbers(1, 4), "5-" + last + " unreadable", List.of("00009")));
    disk.kill();
    assertThat(open(3).lastSequence()).isEqualTo(last + 1);
  }

  @Test
  void keepsRecordsAfterABadPlaceWithoutProof() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 2);
    settle(
        journal,
        journal.append(
            numbers(3, 12).stream().map(n -> new Entry(7, (n + FILLER).getBytes(UTF_8))).toList()));
    disk.kill();
    disk.unreadable(segment(0), BLOCK, 2 * BLOCK, FOR_EVER);
    JournalCore again = open(2);
    assertThat(again.lastSequence()).isEqualTo(12);
    assertThat(readAll(again, 0)).isEqualTo(with(numbers(1, 4), "5-9 unreadable", numbers(10, 12)));
  }

  @Test
  void anUnreadableUnusedEndIsNotALoss() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 4);
    disk.kill();
    disk.unreadable(segment(0), 3 * BLOCK, 4 * BLOCK, FOR_EVER);
    JournalCore again = open(2);
    assertThat(again.lastSequence()).isEqualTo(4);
    assertThat(readAll(again, 0)).isEqualTo(numbers(1, 4));
  }

  @Test
  void aCursorFallsBackToItsOtherSlot() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 6);
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    for (int position = 1; position <= 5; position++) {
      cursor.move(cursor.state().at(position, new byte[0]));
      clock.advance(Duration.ofSeconds(2));
      journal.step();
    }
    disk.kill();
    Path file = FOLDER.resolve("cursors").resolve(CursorName.of("lake"));
    disk.unreadable(file, 0, TwoSlotFile.SLOT, FOR_EVER);
    assertThat(open(2).cursors().find("lake").orElseThrow().state().position()).isBetween(4L, 5L);
    disk.readable(file);
    disk.unreadable(file, TwoSlotFile.SLOT, 2 * TwoSlotFile.SLOT, FOR_EVER);
    assertThat(open(2).cursors().find("lake").orElseThrow().state().position()).isBetween(4L, 5L);
  }

  @Test
  void anUnreadableEvictionFloorDoesNotFailTheStart() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 6);
    disk.kill();
    disk.unreadable(SEGMENTS.resolve(EvictionFloor.FILE), 0, 40_000, FOR_EVER);
    assertThat(readAll(open(2), 0)).isEqualTo(numbers(1, 6));
  }

  @Test
  void aReaderWithoutRetriesGivesUpAtOnce() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 12);
    disk.unreadable(segment(0), BLOCK, BLOCK + 1, FOR_EVER);
    try (JournalReader reader = journal.reader(0).withoutRetries()) {
      assertThat(reader.read(100, 1 << 20).stream().map(JournalReadErrorTest::text))
          .isEqualTo(with(numbers(1, 4), "5-9 unreadable", numbers(10, 12)));
    }
  }

  @Test
  void retriesAFileThatCannotBeOpened() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 30);
    disk.lock(segment(0));
    try (JournalReader reader = journal.reader(0)) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> reader.read(1, 1)).hasMessageContaining("used by another process");
        clock.advance(Duration.ofHours(1));
      }
      disk.release(segment(0));
      assertThat(text(reader.read(1, 1).get(0))).isEqualTo("00001");
    }
  }

  @Test
  void anUnopenableSegmentBecomesAHole() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 40);
    disk.kill();
    disk.failOpen(segment(1), "Input/output error");
    JournalCore again = open(2);
    assertThat(again.status().foreignFiles())
        .containsExactly(
            segment(1).getFileName()
                + " cannot be opened; retrying: "
                + segment(1)
                + ": Input/output error");
    fill(again, 41, 42);
    List<String> expected = with(numbers(1, 14), "15-28 unreadable", numbers(29, 42));
    assertThat(readAll(again, 0)).isEqualTo(expected);
    assertThat(again.status().damagedRecords()).isEqualTo(14);
    try (JournalReader reader = again.reader(0).withoutRetries()) {
      assertThat(reader.read(100, 1 << 20).stream().map(JournalReadErrorTest::text))
          .isEqualTo(expected);
    }
  }

  @Test
  void assignsNoSequenceTwiceIfTheNewestCannotBeOpened() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 20);
    disk.kill();
    disk.failOpen(segment(1), "Input/output error");
    JournalCore again = open(2);
    long last = again.lastSequence();
    assertThat(last).isGreaterThanOrEqualTo(20);
    append(again, "00021" + FILLER);
    List<String> expected = with(numbers(1, 14), "15-" + last + " unreadable", List.of("00021"));
    assertThat(readAll(again, 0)).isEqualTo(expected);
    disk.kill();
    JournalCore third = open(3);
    assertThat(third.lastSequence()).isEqualTo(last + 1);
    assertThat(readAll(third, 0)).isEqualTo(expected);
  }

  @Test
  void aLockedSegmentDoesNotFailTheStart() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 40);
    disk.kill();
    disk.lock(segment(0));
    JournalCore again = open(2);
    try (JournalReader reader = again.reader(0)) {
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> reader.read(1, 1)).hasMessageContaining("used by another process");
        clock.advance(Duration.ofHours(1));
      }
    }
    disk.release(segment(0));
    assertThat(readAll(again, 0)).isEqualTo(numbers(1, 40));
  }

  @Test
  void aLockedNewestSegmentIsNotGivenUp() throws Exception {
    JournalCore journal = open(1);
    fill(journal, 1, 20);
    disk.kill();
    disk.lock(segment(1));
    assertThatThrownBy(() -> open(2)).hasMessageContaining("used by another process");
    disk.release(segment(1));
    assertThat(readAll(open(3), 0)).isEqualTo(numbers(1, 20));
  }

  @Test
  void anUnopenableSegmentDoesNotFailAnInspection() throws Exception {
    JournalCore journal = open(1);
    journal.cursors().open("lake", Start.OLDEST);
    fill(journal, 1, 40);
    journal.close();
    disk.kill();
    disk.failOpen(segment(1), "Input/output error");
    disk.failOpen(FOLDER.resolve("cursors").resolve(CursorName.of("lake")), "Input/output error");
    OfflineJournal offline = new OfflineJournal(disk, FOLDER);
    assertThat(offline.lastSequence()).isEqualTo(40);
    assertThat(offline.pendingFor("lake")).isEqualTo(40);
    assertThat(JournalCheck.of(offline))
        .contains(
            new JournalCheck.Finding(
                segment(1), "cannot be opened: " + segment(1) + ": Input/output error", true));
    JournalInspection inspection = JournalInspection.of(disk, FOLDER);
    assertThat(inspection.records()).isEqualTo(26);
    assertThat(inspection.damaged()).isEqualTo(1);
  }
}
