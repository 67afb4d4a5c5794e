package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.open;
import static io.sessionbridge.journal.TestingJournal.read;
import static io.sessionbridge.journal.TestingJournal.segments;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.journal.cursors.CursorName;
import io.sessionbridge.journal.file.Checksum;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.journal.file.SegmentName;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The content of the disk differs from what was written. */
class JournalDamageTest {

  private static final int HEADER = SegmentHeader.SIZE;
  private static final int RECORD = RecordHeader.sizeWith(5);
  private static final String FILLER = "x".repeat(900);

  private final ModelStorage disk = new ModelStorage();

  /** Records of five bytes, each acknowledged before the next. */
  private Path oneSegment(String... texts) throws Exception {
    JournalCore journal = open(disk, 1);
    for (String text : texts) {
      append(journal, text);
    }
    disk.kill();
    return segments(disk).get(0);
  }

  /** Three segments of two records. */
  private List<Path> threeSegments() throws Exception {
    JournalCore journal = open(disk, 1);
    for (int i = 1; i <= 6; i++) {
      append(journal, i + FILLER);
    }
    disk.kill();
    assertThat(segments(disk)).hasSize(3);
    return segments(disk);
  }

  private static List<String> filled(int first, int last) {
    List<String> texts = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      texts.add(i + ":" + i + FILLER);
    }
    return texts;
  }

  private static List<String> with(List<String> before, String hole, List<String> after) {
    List<String> all = new ArrayList<>(before);
    all.add(hole);
    all.addAll(after);
    return all;
  }

  @Test
  void cutsATornTailAtEveryByteSilently() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "first");
    append(journal, "group", "whole");
    disk.kill();
    Path file = segments(disk).get(0);
    byte[] intact = disk.bytes(file);
    int start = HEADER + RECORD;
    int end = start + 2 * RECORD - 3; // without the padding
    for (int torn = start; torn < end; torn++) {
      byte[] bytes = intact.clone();
      Arrays.fill(bytes, torn, bytes.length, (byte) 0);
      disk.put(file, bytes);
      JournalCore again = open(disk, 2);
      assertThat(again.lastSequence()).as("torn at %d", torn).isEqualTo(1);
      append(again, "fresh");
      assertThat(read(again, 0)).containsExactly("1:first", "2:fresh");
      assertThat(again.status().damagedRecords()).isZero();
      assertThat(again.status().foreignFiles()).isEmpty();
      disk.kill();
      segments(disk).stream().skip(1).forEach(disk::remove);
    }
  }

  @Test
  void cutsATornFirstAppendSilently() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "group", "whole");
    disk.kill();
    Path file = segments(disk).get(0);
    byte[] intact = disk.bytes(file);
    for (int torn = HEADER; torn < HEADER + 2 * RECORD - 3; torn++) {
      byte[] bytes = intact.clone();
      Arrays.fill(bytes, torn, bytes.length, (byte) 0);
      disk.list(TestingJournal.SEGMENTS).forEach(disk::remove);
      disk.put(file, bytes);
      JournalCore again = open(disk, 2);
      append(again, "fresh");
      disk.kill();
      again = open(disk, 3);
      assertThat(read(again, 0)).as("torn at %d", torn).containsExactly("1:fresh");
      assertThat(again.status().damagedRecords()).isZero();
      assertThat(again.status().foreignFiles()).isEmpty();
      assertThat(segments(disk)).hasSize(1);
      disk.kill();
    }
  }

  @Test
  void keepsATornFirstAppendForInspection() throws Exception {
    Path file = oneSegment("group");
    byte[] torn = disk.bytes(file);
    torn[HEADER + RECORD - 1] ^= 1; // a byte of the padding does not count
    torn[HEADER + RecordHeader.SIZE] ^= 1;
    disk.put(file, torn);
    String kept = file.getFileName() + ".torn";
    for (int start = 2; start < 6; start++) {
      JournalCore again = open(disk, start);
      assertThat(again.status().setAside()).containsExactly(kept);
      assertThat(again.status().foreignFiles()).isEmpty();
      assertThat(disk.bytes(file.resolveSibling(kept))).isEqualTo(torn);
      disk.kill();
    }
  }

  @Test
  void anInspectionDeletesNothing() throws Exception {
    oneSegment("first");
    Path torn = TestingJournal.SEGMENTS.resolve("x.segment.torn");
    Path made =
        TestingJournal.SEGMENTS.resolve(SegmentName.of(2, 9, 0)); // just created by an agent
    disk.put(torn, new byte[] {1});
    disk.put(made, new byte[4096]);
    long before = disk.operations();
    assertThat(JournalInspection.of(disk, FOLDER).records()).isEqualTo(1);
    assertThat(disk.operations()).isEqualTo(before);
    assertThat(disk.exists(torn)).isTrue();
    assertThat(disk.exists(made)).isTrue();
  }

  @Test
  void losesOneRecordToAFlippedByte() throws Exception {
    Path file = oneSegment("first", "other", "third", "forth");
    byte[] intact = disk.bytes(file);
    int start = HEADER + RECORD;
    for (int at = start; at < start + RECORD - 3; at++) {
      for (int mask : new int[] {1, 0x80, 0xFF}) {
        byte[] bytes = intact.clone();
        bytes[at] ^= (byte) mask;
        disk.put(file, bytes);
        JournalCore journal = open(disk, 2);
        assertThat(read(journal, 0))
            .as("byte %d", at - start)
            .containsExactly("1:first", "2-2 corrupt", "3:third", "4:forth");
        assertThat(read(journal, 0)).hasSize(4);
        assertThat(journal.status().damagedRecords()).isEqualTo(1);
        disk.kill();
      }
    }
  }

  @Test
  void needsNoSegmentHeader() throws Exception {
    Path file = oneSegment("first", "other");
    byte[] intact = disk.bytes(file);
    for (int at = 0; at < HEADER; at++) {
      byte[] bytes = intact.clone();
      bytes[at] ^= (byte) 0xFF;
      disk.put(file, bytes);
      JournalCore journal = open(disk, 2);
      assertThat(read(journal, 0)).as("byte %d", at).containsExactly("1:first", "2:other");
      disk.kill();
    }
  }

  @Test
  void reportsADeletedSegmentAsMissing() throws Exception {
    disk.remove(threeSegments().get(1));
    assertThat(read(open(disk, 2), 0)).isEqualTo(with(filled(1, 2), "3-4 missing", filled(5, 6)));
  }

  @Test
  void reportsAZeroedSegmentAsMissing() throws Exception {
    disk.put(threeSegments().get(1), new byte[4096]);
    assertThat(read(open(disk, 2), 0)).isEqualTo(with(filled(1, 2), "3-4 missing", filled(5, 6)));
  }

  @Test
  void losesOnlyTheTruncatedRecords() throws Exception {
    Path file = threeSegments().get(1);
    disk.put(file, Arrays.copyOf(disk.bytes(file), HEADER + RecordHeader.sizeWith(901)));
    assertThat(read(open(disk, 2), 0)).isEqualTo(with(filled(1, 3), "4-4 missing", filled(5, 6)));
  }

  @Test
  void losesOnlyTheOverwrittenRecords() throws Exception {
    Path file = threeSegments().get(1);
    byte[] noise = new byte[4096];
    Arrays.fill(noise, (byte) 0x5A);
    disk.put(file, noise);
    JournalCore journal = open(disk, 2);
    assertThat(read(journal, 0)).hasSize(5).contains("3-4 missing");
    assertThat(journal.status().foreignFiles())
        .containsExactly(
            file.getFileName() + " has neither a header nor a readable record and is ignored");
    assertThat(disk.bytes(file)).isEqualTo(noise);
  }

  @Test
  void detectsSwappedSegmentContents() throws Exception {
    List<Path> files = threeSegments();
    byte[] first = disk.bytes(files.get(0));
    disk.put(files.get(0), disk.bytes(files.get(1)));
    disk.put(files.get(1), first);
    assertThat(read(open(disk, 2), 0)).isEqualTo(filled(1, 6));
  }

  @Test
  void assignsNoSequenceTwiceIfTheNewestSegmentIsMissing() throws Exception {
    JournalCore journal = open(disk, 1);
    journal.cursors().open("slow", Start.OLDEST);
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    for (int i = 1; i <= 6; i++) {
      append(journal, i + FILLER);
    }
    cursor.move(cursor.state().at(5, new byte[0]));
    journal.step();
    disk.kill();
    disk.remove(segments(disk).get(2));
    JournalCore again = open(disk, 2);
    assertThat(append(again, "fresh").first()).isEqualTo(6);
    assertThat(read(again, 0)).isEqualTo(with(filled(1, 4), "5-5 missing", List.of("6:fresh")));
  }

  @Test
  void refusesALaterVersionAndChangesNothing() throws Exception {
    List<Path> files = threeSegments();
    byte[] bytes = disk.bytes(files.get(1));
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putInt(4, 2).putInt(60, Checksum.of(header, 0, 60));
    disk.put(files.get(1), bytes);
    long before = disk.operations();
    assertThatThrownBy(() -> open(disk, 2))
        .isInstanceOf(JournalException.class)
        .hasMessage(
            files.get(1)
                + " is of version 2, this program reads up to 1:"
                + " use the newer program again, nothing was changed");
    assertThat(disk.operations()).isEqualTo(before);
  }

  @Test
  void keepsForeignFiles() throws Exception {
    oneSegment("first");
    disk.put(TestingJournal.SEGMENTS.resolve("notes.txt"), new byte[] {1});
    JournalCore journal = open(disk, 2);
    assertThat(read(journal, 0)).containsExactly("1:first");
    assertThat(journal.status().foreignFiles())
        .containsExactly("notes.txt is not a segment and is ignored");
    assertThat(disk.bytes(TestingJournal.SEGMENTS.resolve("notes.txt"))).containsExactly(1);
  }

  @Test
  void fallsBackToTheOtherSlotOfATornCursor() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "a", "b", "c");
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    journal.close();
    disk.kill();
    Path file = FOLDER.resolve("cursors").resolve(CursorName.of(cursor.id()));
    byte[] before = disk.bytes(file);
    JournalCore mover = open(disk, 2);
    Cursor moved = mover.cursors().find("lake").orElseThrow();
    moved.move(moved.state().at(2, new byte[] {1, 2, 3}));
    mover.close();
    disk.kill();
    byte[] after = disk.bytes(file);
    int slot = TwoSlotFile.SLOT;
    int end = slot + 32 + 48 + 3; // header, numbers, note
    for (int torn = slot; torn <= end; torn++) {
      byte[] bytes = after.clone();
      System.arraycopy(before, torn, bytes, torn, bytes.length - torn);
      disk.put(file, bytes);
      JournalCore again = open(disk, 3);
      assertThat(again.cursors().find("lake").orElseThrow().state().position())
          .as("torn at %d", torn - slot)
          .isEqualTo(torn == end ? 2 : 0);
      disk.kill();
    }
  }

  @Test
  void setsACursorWithoutAnIntactSlotAside() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "a", "b", "c");
    journal.cursors().open("lake", Start.NOW);
    journal.close();
    disk.kill();
    Path file = FOLDER.resolve("cursors").resolve("lake.cursor");
    byte[] noise = new byte[40_000];
    Arrays.fill(noise, (byte) 9);
    disk.put(file, noise);
    JournalCore again = open(disk, 2);
    assertThat(again.cursors().open("lake", Start.NOW).state().position()).isZero();
    assertThat(disk.bytes(file.resolveSibling("lake.cursor.damaged-1"))).isEqualTo(noise);
  }

  @Test
  void givesRecordsAfterACopyANewEpoch() throws Exception {
    oneSegment("first");
    ModelStorage copy = new ModelStorage();
    for (Path file : segments(disk)) {
      copy.put(file, disk.bytes(file));
    }
    Journal here = Journal.open(TestingJournal.small(), FOLDER, disk, new CrashRun.HandClock());
    Journal there = Journal.open(TestingJournal.small(), FOLDER, copy, new CrashRun.HandClock());
    assertThat(here.epoch()).matches("[0-9a-f]{16}").isNotEqualTo(there.epoch());
    assertThat(here.lastSequence()).isEqualTo(there.lastSequence());
    here.close();
    there.close();
  }

  @Test
  void readsOneHeaderPerSegment() throws Exception {
    long[] few = startUpCost(2);
    long[] many = startUpCost(256);
    assertThat(many[0] - few[0]).as("opens").isEqualTo(254);
    assertThat(many[1] - few[1]).as("bytes read").isEqualTo(254L * HEADER);
  }

  private static long[] startUpCost(int segments) throws Exception {
    ModelStorage disk = new ModelStorage();
    JournalCore journal = open(disk, 1);
    for (int i = 1; i <= 2 * segments; i++) {
      append(journal, FILLER);
    }
    disk.kill();
    assertThat(segments(disk)).hasSize(segments);
    long opens = disk.opens();
    long bytes = disk.bytesRead();
    open(disk, 2);
    return new long[] {disk.opens() - opens, disk.bytesRead() - bytes};
  }
}
