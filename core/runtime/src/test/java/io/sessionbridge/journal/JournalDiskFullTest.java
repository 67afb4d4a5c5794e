package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.read;
import static io.sessionbridge.journal.TestingJournal.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk of 8 MiB that is full. Needs permission to mount it. */
class JournalDiskFullTest {

  private static final String FILLER = "x".repeat(60_000);

  @TempDir Path folder;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.toString());
    if (System.getenv("SESSIONBRIDGE_REQUIRE_ALL") != null) {
      assertThat(mounted).as("a disk of 8 MiB could be mounted").isTrue();
    }
    assumeTrue(mounted, "a disk of 8 MiB could not be mounted: not root, or not Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", folder.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program on this machine
    }
  }

  private JournalCore open(long epoch) throws IOException {
    return open(epoch, 1L << 30);
  }

  private JournalCore open(long epoch, long maxBytes) throws IOException {
    JournalConfig config =
        new JournalConfig(
            maxBytes,
            1 << 20,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
    JournalCore journal =
        new JournalCore(
            config, folder.resolve("data"), new FileStorage(), new CrashRun.HandClock(), epoch);
    journal.beginRetention();
    return journal;
  }

  /** Fills the disk. */
  private Path fill() throws IOException {
    Path ballast = folder.resolve("ballast");
    try (FileChannel channel =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocate(4096);
      while (channel.write(block.clear()) > 0) {
        assertThat(channel.size()).isLessThan(8 << 20);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
    return ballast;
  }

  private static int appendUntilRefused(JournalCore journal) throws InterruptedException {
    int appended = 0;
    try {
      while (true) {
        append(journal, FILLER);
        appended++;
      }
    } catch (JournalException refused) {
      assertThat(refused).hasMessageContaining("is full");
      return appended;
    }
  }

  @Test
  void continuesOnceThereIsRoomAgain() throws Exception {
    JournalCore journal = open(1);
    append(journal, "first");
    Path ballast = fill();
    int appended = 1 + appendUntilRefused(journal);
    assertThat(journal.status().failure()).get().asString().contains("the disk is full");
    Appended lost = journal.appendHole(5, "handoff_full");
    settle(journal, lost);
    for (int retries = 0; retries < 100; retries++) {
      assertThat(appendUntilRefused(journal)).isZero();
    }
    assertThat(read(journal, appended))
        .containsExactly((appended + 1) + "-" + (appended + 5) + " handoff_full");
    Files.delete(ballast);
    assertThat(append(journal, FILLER).first()).isEqualTo(appended + 6);
    assertThat(journal.status().failure()).isEmpty();
    journal.close();
    assertThat(read(open(2), 0))
        .hasSize(appended + 2)
        .noneMatch(r -> r.contains("missing") || r.contains("write_failed"));
  }

  @Test
  void deletesDeliveredSegmentsWhileFull() throws Exception {
    JournalCore journal = open(1);
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    int appended = appendUntilRefused(journal);
    fill();
    cursor.move(cursor.state().at(appended, new byte[1000]));
    journal.step();
    assertThat(journal.status().segments()).isEqualTo(1);
    assertThat(append(journal, FILLER).first()).isEqualTo(appended + 1);
    journal.close();
  }

  @Test
  void evictsTheOldestWhileFull() throws Exception {
    JournalCore journal = open(1, 4 << 20);
    journal.cursors().open("lake", Start.OLDEST);
    int appended = 0;
    while (journal.status().segments() < 4) {
      append(journal, FILLER);
      appended++;
    }
    fill();
    while (journal.status().evictedSegments() < 2) {
      append(journal, FILLER);
      appended++;
    }
    assertThat(journal.status().segments()).isEqualTo(4);
    assertThat(read(journal, 0).get(0)).endsWith(" evicted");
    assertThat(journal.durableSequence()).isEqualTo(appended);
    journal.close();
    JournalCore again = open(2, 4 << 20);
    assertThat(read(again, 0).get(0)).endsWith(" evicted");
    assertThat(again.status().damagedRecords()).isZero();
    again.close();
  }

  @Test
  void startsOnAFullDisk() throws Exception {
    JournalCore journal = open(1);
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    int appended = appendUntilRefused(journal);
    journal.close();
    fill();
    JournalCore again = open(2);
    assertThat(read(again, 0)).hasSizeGreaterThanOrEqualTo(appended);
    Cursor lake = again.cursors().find(cursor.id()).orElseThrow();
    lake.move(lake.state().at(again.durableSequence(), new byte[0]));
    again.step();
    append(again, FILLER);
    assertThat(again.status().segments()).isLessThanOrEqualTo(2);
    again.close();
  }
}
