package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.config;
import static io.sessionbridge.journal.TestingJournal.read;
import static io.sessionbridge.journal.TestingJournal.segments;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Another program has a file open that must be deleted, like a virus scanner on Windows. Two
 * records per file.
 */
class JournalHeldFileTest {

  private static final String FILLER = "x".repeat(900);
  private static final long FOUR_SEGMENTS = 4 * 4096;
  private static final String IN_USE =
      "The process cannot access the file because it is being used by another process";

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();

  private JournalCore open(long epoch) throws IOException {
    JournalCore journal =
        new JournalCore(config(FOUR_SEGMENTS, WhenFull.DROP_OLDEST), FOLDER, disk, clock, epoch);
    journal.beginRetention();
    return journal;
  }

  private static void fill(JournalCore journal, int from, int to) throws Exception {
    for (int i = from; i <= to; i++) {
      append(journal, i + FILLER);
    }
  }

  private Path holdOldest() {
    Path oldest = segments(disk).get(0);
    disk.hold(oldest);
    return oldest;
  }

  @Test
  void doesNotDisableMaxBytes() throws Exception {
    JournalCore journal = open(1);
    journal.cursors().open("slow", Start.OLDEST);
    fill(journal, 1, 8);
    Path held = holdOldest();
    fill(journal, 9, 20);
    assertThat(segments(disk)).as("four and the held one").hasSize(5).contains(held);
    assertThat(journal.status().segments()).isEqualTo(4);
    assertThat(journal.status().bytes()).isEqualTo(FOUR_SEGMENTS);
    assertThat(journal.status().evictedSegments()).isEqualTo(6);
    assertThat(journal.status().undeletable()).containsExactly(held + ": " + IN_USE);
    assertThat(journal.status().undeletableBytes()).isEqualTo(4096);
    assertThat(read(journal, 0)).hasSize(9).first().isEqualTo("1-12 evicted");
  }

  @Test
  void isDeletedOnceReleased() throws Exception {
    JournalCore journal = open(1);
    journal.cursors().open("slow", Start.OLDEST);
    fill(journal, 1, 8);
    Path held = holdOldest();
    fill(journal, 9, 12);
    disk.release(held);
    journal.step();
    assertThat(segments(disk)).as("the retry waits").contains(held);
    clock.advance(Duration.ofSeconds(1));
    journal.step();
    assertThat(segments(disk)).hasSize(4).doesNotContain(held);
    assertThat(journal.status().undeletable()).isEmpty();
    assertThat(journal.status().undeletableBytes()).isZero();
  }

  @Test
  void isRetriedWithAGrowingDelay() throws Exception {
    JournalCore journal = open(1);
    journal.cursors().open("slow", Start.OLDEST);
    fill(journal, 1, 8);
    Path held = holdOldest();
    fill(journal, 9, 9);
    for (int seconds = 0; seconds < 3600; seconds++) {
      clock.advance(Duration.ofSeconds(1));
      journal.step();
    }
    disk.release(held);
    clock.advance(Duration.ofMinutes(4));
    journal.step();
    clock.advance(Duration.ofMinutes(1));
    journal.step();
    assertThat(segments(disk)).doesNotContain(held);
  }

  @Test
  void anEvictedOneIsNeverDeliveredAgain() throws Exception {
    JournalCore journal = open(1);
    journal.cursors().open("slow", Start.OLDEST);
    fill(journal, 1, 8);
    Path held = holdOldest();
    fill(journal, 9, 12);
    disk.kill();
    JournalCore again = open(2);
    assertThat(read(again, 0)).first().isEqualTo("1-4 evicted");
    assertThat(again.cursors().open("new", Start.OLDEST).state().position()).isEqualTo(4);
    again.step();
    assertThat(again.status().undeletable()).containsExactly(held + ": " + IN_USE);
    assertThat(again.status().segments()).isEqualTo(4);
    assertThat(again.status().evictedSegments()).as("counted in the earlier run").isZero();
    assertThat(again.status().damagedRecords()).isZero();
    disk.crash(new Random(1)); // the other program ends with the machine
    JournalCore third = open(3);
    third.step();
    assertThat(segments(disk)).doesNotContain(held);
    assertThat(third.status().undeletable()).isEmpty();
    assertThat(read(third, 4)).first().asString().startsWith("5:5");
  }

  @Test
  void aDeliveredOneIsNeverDeliveredAgain() throws Exception {
    JournalCore journal = open(1);
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    fill(journal, 1, 6);
    Path held = holdOldest();
    cursor.move(cursor.state().at(4, new byte[0]));
    journal.step();
    assertThat(journal.firstSequence()).isEqualTo(5);
    assertThat(journal.status().evictedSegments()).isZero();
    journal.close();
    disk.kill();
    JournalCore again = open(2);
    assertThat(again.firstSequence()).isEqualTo(5);
    Cursor added = again.cursors().open("new", Start.OLDEST);
    assertThat(read(again, added.state().position())).first().asString().startsWith("5:5");
    assertThat(segments(disk)).contains(held);
    disk.release(held);
    again.step();
    assertThat(segments(disk)).doesNotContain(held);
  }

  @Test
  void doesNotFailTheStart() throws Exception {
    JournalCore journal = open(1);
    append(journal, "first");
    disk.kill();
    Path file = segments(disk).get(0);
    byte[] torn = disk.bytes(file);
    torn[SegmentHeader.SIZE + 5] ^= 1;
    disk.put(file, torn);
    disk.hold(file);
    JournalCore again = open(2);
    append(again, "fresh");
    assertThat(read(again, 0)).containsExactly("1:fresh");
    assertThat(again.status().foreignFiles())
        .containsExactly(
            file.getFileName()
                + " contains no record and cannot be removed: "
                + file
                + ": "
                + IN_USE);
    disk.kill();
    assertThat(read(open(3), 0)).containsExactly("1:fresh");
  }
}
