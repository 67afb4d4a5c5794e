package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.config;
import static io.sessionbridge.journal.TestingJournal.read;
import static io.sessionbridge.journal.TestingJournal.segments;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.journal.JournalConfig.WhenFull;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Repeated restarts while a sink is disconnected. A segment has 4 KiB, the journal 16 KiB. */
class JournalRestartTest {

  private static final int STARTS = 60;
  private static final long FOUR_SEGMENTS = 4 * 4096;

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();

  /** How a run ends. */
  private interface End {
    void of(JournalCore journal) throws Exception;
  }

  private JournalCore open(long epoch) throws IOException {
    JournalCore journal =
        new JournalCore(config(FOUR_SEGMENTS, WhenFull.DROP_OLDEST), FOLDER, disk, clock, epoch);
    Cursor unused = journal.cursors().open("away", Start.OLDEST);
    journal.beginRetention();
    return journal;
  }

  private void losesNothing(End end) throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= STARTS; i++) {
      JournalCore journal = open(i);
      append(journal, "a few bytes");
      all.add(i + ":a few bytes");
      end.of(journal);
    }
    JournalCore last = open(STARTS + 1);
    assertThat(read(last, 0)).isEqualTo(all);
    assertThat(last.status().bytes()).isLessThan(FOUR_SEGMENTS);
    assertThat(last.status().evictedSegments()).isZero();
  }

  @Test
  void losesNothingInCleanStops() throws Exception {
    losesNothing(JournalCore::close);
  }

  @Test
  void losesNothingInKills() throws Exception {
    losesNothing(journal -> disk.kill());
  }

  @Test
  void losesNothingInPowerCuts() throws Exception {
    Random random = new Random(1);
    losesNothing(journal -> disk.crash(random));
  }

  @Test
  void aSegmentClosedForItsAgeReleasesItsUnusedRoom() throws Exception {
    JournalCore journal = open(1);
    append(journal, "old");
    clock.advance(Duration.ofDays(2));
    append(journal, "new");
    assertThat(segments(disk)).hasSize(2);
    assertThat(journal.status().bytes()).isLessThan(4096 + 200);
    assertThat(read(journal, 0)).containsExactly("1:old", "2:new");
  }

  @Test
  void keepsTheRemainsOfAnInterruptedWrite() throws Exception {
    JournalCore journal = open(1);
    append(journal, "whole");
    disk.kill();
    Path segment = segments(disk).get(0);
    byte[] bytes = disk.bytes(segment);
    bytes[3000] = 7;
    disk.put(segment, bytes);
    assertThat(read(open(2), 0)).containsExactly("1:whole");
    assertThat(disk.bytes(segment)).isEqualTo(bytes);
  }

  @Test
  void keepsARecordThatEndsInZeros() throws Exception {
    JournalCore journal = open(1);
    append(journal, "zeros" + "\0".repeat(100));
    disk.kill();
    assertThat(read(open(2), 0)).containsExactly("1:zeros" + "\0".repeat(100));
  }
}
