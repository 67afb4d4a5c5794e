package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.config;
import static io.sessionbridge.journal.TestingJournal.read;
import static io.sessionbridge.journal.TestingJournal.segments;
import static io.sessionbridge.journal.TestingJournal.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The journal at its size and age limits. Two records per segment. */
class JournalRoomTest {

  private static final String FILLER = "x".repeat(900);
  private static final long FOUR_SEGMENTS = 4 * 4096;

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();

  private JournalCore open(JournalConfig config) throws IOException {
    JournalCore journal = new JournalCore(config, FOLDER, disk, clock, 1);
    journal.beginRetention();
    return journal;
  }

  private static void move(Cursor cursor, long position) {
    cursor.move(cursor.state().at(position, new byte[0]));
  }

  @Test
  void evictionAffectsOnlyCursorsBeforeTheOldestSegment() throws Exception {
    JournalCore journal = open(config(FOUR_SEGMENTS, WhenFull.DROP_OLDEST));
    Cursor slow = journal.cursors().open("slow", Start.OLDEST);
    Cursor fast = journal.cursors().open("fast", Start.OLDEST);
    for (int i = 1; i <= 20; i++) {
      append(journal, i + FILLER);
      move(fast, i);
    }
    assertThat(segments(disk)).hasSize(4);
    assertThat(read(journal, slow.state().position()).get(0)).isEqualTo("1-12 evicted");
    assertThat(read(journal, slow.state().position())).hasSize(1 + 8);
    assertThat(read(journal, fast.state().position())).isEmpty();
    assertThat(journal.status().damagedRecords()).isZero();
    assertThat(slow.state().position()).isZero();
  }

  @Test
  void keepsUnreadRecordsWhileThereIsRoom() throws Exception {
    JournalCore journal = open(config(1 << 20, WhenFull.DROP_OLDEST));
    Cursor slow = journal.cursors().open("slow", Start.OLDEST);
    Cursor fast = journal.cursors().open("fast", Start.OLDEST);
    for (int i = 1; i <= 20; i++) {
      append(journal, i + FILLER);
      move(fast, i);
    }
    assertThat(segments(disk)).hasSize(10);
    move(slow, 9);
    journal.step();
    assertThat(journal.firstSequence()).isEqualTo(9);
    journal.cursors().forget("slow");
    journal.step();
    assertThat(journal.firstSequence()).isEqualTo(19);
  }

  @Test
  void waitsForTheSlowestCursorWithBlock() throws Exception {
    Journal journal = Journal.open(config(FOUR_SEGMENTS, WhenFull.BLOCK), FOLDER, disk, clock);
    Cursor cursor = journal.cursors().open("slow", Start.OLDEST);
    journal.beginRetention();
    for (int i = 1; i <= 8; i++) {
      journal.awaitDurable(journal.append(journal.awaitRoom(TestingJournal.group(i + FILLER))));
    }
    CompletableFuture<Void> blocked =
        TestingThreads.run(
            () -> journal.append(journal.awaitRoom(TestingJournal.group("9" + FILLER))));
    assertThat(blocked).isNotDone();
    move(cursor, 2);
    blocked.get(10, TimeUnit.SECONDS);
    append(journal, "10" + FILLER);
    assertThat(read(journal, 2)).hasSize(8).noneMatch(record -> record.contains("evicted"));
    journal.close();
  }

  @Test
  void doesNotWaitForAnUnusedCursor() throws Exception {
    JournalCore before = open(config(FOUR_SEGMENTS, WhenFull.BLOCK));
    before.cursors().open("renamed", Start.OLDEST);
    before.cursors().open("lake", Start.OLDEST);
    for (int i = 1; i <= 8; i++) {
      append(before, i + FILLER);
    }
    before.close();
    JournalCore journal =
        new JournalCore(config(FOUR_SEGMENTS, WhenFull.BLOCK), FOLDER, disk, clock, 2);
    Cursor lake = journal.cursors().open("lake", Start.OLDEST);
    journal.beginRetention();
    assertThat(journal.status().unusedCursors()).containsExactly("renamed");
    move(lake, 4);
    settle(journal, journal.append(journal.awaitRoom(TestingJournal.group("9" + FILLER))));
    assertThat(read(journal, 0).get(0)).isEqualTo("1-2 evicted");
    assertThat(read(journal, 4)).hasSize(5).noneMatch(record -> record.contains("evicted"));
  }

  @Test
  void grantsNoRoomBeforeRetentionBegins() throws Exception {
    JournalCore before = open(config(FOUR_SEGMENTS, WhenFull.BLOCK));
    before.cursors().open("lake", Start.OLDEST);
    for (int i = 1; i <= 8; i++) {
      append(before, i + FILLER);
    }
    before.close();
    JournalCore journal =
        new JournalCore(config(FOUR_SEGMENTS, WhenFull.BLOCK), FOLDER, disk, clock, 2);
    move(journal.cursors().open("lake", Start.OLDEST), 8);
    assertThat(journal.hasRoom(TestingJournal.group("9" + FILLER))).isFalse();
    journal.beginRetention();
    assertThat(journal.hasRoom(TestingJournal.group("9" + FILLER))).isTrue();
  }

  @Test
  void reservesRecordSizesNotPayloadSizes() throws Exception {
    JournalCore journal = open(config(FOUR_SEGMENTS, WhenFull.DROP_OLDEST));
    journal.cursors().open("slow", Start.OLDEST);
    int appended = 0;
    for (List<Entry> group = TestingJournal.group("p"); journal.hasRoom(group); appended++) {
      settle(journal, journal.append(journal.awaitRoom(group)));
    }
    int perSegment = (4096 - SegmentHeader.SIZE - Segment.RESERVED) / RecordHeader.sizeWith(1);
    assertThat(appended).isEqualTo(4 * perSegment);
    assertThat(segments(disk)).hasSize(4);
    assertThat(journal.status().evictedSegments()).isZero();
  }

  @Test
  void countsUnusedReservations() throws Exception {
    JournalCore journal = open(config(FOUR_SEGMENTS, WhenFull.DROP_OLDEST));
    journal.cursors().open("slow", Start.OLDEST);
    List<Entry> group = TestingJournal.group("1" + FILLER);
    List<Reservation> reserved = new ArrayList<>();
    while (journal.hasRoom(group)) {
      reserved.add(journal.awaitRoom(group));
    }
    assertThat(reserved).hasSizeBetween(4, 8);
    reserved.remove(0).close();
    assertThat(journal.hasRoom(group)).as("released room is available").isTrue();
    for (Reservation one : reserved) {
      settle(journal, journal.append(one));
    }
    assertThat(journal.status().bytes()).isLessThanOrEqualTo(FOUR_SEGMENTS);
    assertThat(journal.status().evictedSegments()).isZero();
    assertThatThrownBy(() -> journal.append(reserved.get(0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a reservation can be used only once, and not after it is closed");
  }

  @Test
  void neverEvictsForAReservation() throws Exception {
    JournalCore journal = open(config(FOUR_SEGMENTS, WhenFull.DROP_OLDEST));
    journal.cursors().open("slow", Start.OLDEST);
    for (int i = 1; i <= 7; i++) {
      append(journal, i + FILLER);
    }
    Reservation reserved = journal.awaitRoom(TestingJournal.group("9" + FILLER));
    append(journal, "8" + FILLER); // uses the room, like a live source
    settle(journal, journal.append(reserved));
    assertThat(journal.firstSequence()).isEqualTo(1);
    append(journal, "10" + FILLER);
    append(journal, "11" + FILLER);
    assertThat(journal.firstSequence()).isGreaterThan(1);
  }

  @Test
  void evictsOneSegmentPerMinuteAfterAClockJump() throws Exception {
    JournalCore journal = open(config(1 << 20, WhenFull.DROP_OLDEST));
    journal.cursors().open("slow", Start.OLDEST);
    for (int i = 1; i <= 20; i++) {
      append(journal, i + FILLER);
    }
    clock.jump(Duration.ofDays(4000));
    for (int i = 0; i < 5; i++) {
      journal.step();
    }
    assertThat(segments(disk)).hasSize(9);
    clock.advance(Duration.ofSeconds(61));
    journal.step();
    journal.step();
    assertThat(segments(disk)).hasSize(8);
    assertThat(read(journal, 0).get(0)).isEqualTo("1-4 evicted");
  }

  @Test
  void writesNothingWhileIdle() throws Exception {
    JournalCore journal = open(TestingJournal.small());
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    append(journal, "a");
    move(cursor, 1);
    clock.advance(Duration.ofSeconds(2));
    journal.step();
    long before = disk.operations();
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofSeconds(2));
      journal.step();
    }
    assertThat(disk.operations()).isEqualTo(before);
  }

  @Test
  void aClockThatRanAheadDoesNotExtendRetention() throws Exception {
    JournalCore journal = open(config(1 << 20, WhenFull.DROP_OLDEST));
    journal.cursors().open("slow", Start.OLDEST);
    append(journal, "1" + FILLER);
    append(journal, "2" + FILLER);
    clock.jump(Duration.ofDays(3650));
    for (int i = 3; i <= 6; i++) {
      append(journal, i + FILLER);
    }
    clock.jump(Duration.ofDays(-3650));
    for (int i = 7; i <= 10; i++) {
      append(journal, i + FILLER);
    }
    clock.jump(Duration.ofDays(91));
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(1));
      journal.step();
    }
    assertThat(read(journal, 0)).first().isEqualTo("1-8 evicted");
  }

  @Test
  void aClockThatLaggedEvictsNothingEarly() throws Exception {
    JournalCore journal = open(config(1 << 20, WhenFull.DROP_OLDEST));
    journal.cursors().open("slow", Start.OLDEST);
    for (int i = 1; i <= 6; i++) {
      append(journal, i + FILLER);
    }
    clock.jump(Duration.ofDays(-20000));
    for (int i = 7; i <= 8; i++) {
      append(journal, i + FILLER);
    }
    clock.jump(Duration.ofDays(20000));
    for (int i = 9; i <= 10; i++) {
      append(journal, i + FILLER);
    }
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofMinutes(1));
      journal.step();
    }
    assertThat(segments(disk)).hasSize(5);
    assertThat(read(journal, 0)).hasSize(10);
  }

  @Test
  void rollsASegmentCreatedWhileTheClockRanAhead() throws Exception {
    JournalCore journal = open(config(1 << 20, WhenFull.DROP_OLDEST));
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    clock.jump(Duration.ofDays(3650));
    append(journal, "1");
    clock.jump(Duration.ofDays(-3650));
    move(cursor, 1);
    clock.advance(Duration.ofHours(25));
    append(journal, "2");
    journal.step();
    assertThat(journal.firstSequence()).as("delivered data is deleted").isEqualTo(2);
  }
}
