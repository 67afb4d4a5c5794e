package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.open;
import static io.sessionbridge.journal.TestingJournal.openWithoutRetention;
import static io.sessionbridge.journal.TestingJournal.segments;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.journal.JournalCheck.Finding;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A journal that no agent uses. Two records per segment. */
class OfflineJournalTest {

  private static final String FILLER = "x".repeat(900);
  private static final Path AWAY = FOLDER.resolve("cursors").resolve("away.cursor");

  private final ModelStorage disk = new ModelStorage();

  @BeforeEach
  void appendFourRecordsAndDeliverTwo() throws Exception {
    JournalCore journal = open(disk, 1);
    Cursor away = journal.cursors().open("away", Start.OLDEST);
    journal.cursors().open("other", Start.OLDEST);
    for (int i = 1; i <= 4; i++) {
      append(journal, i + FILLER);
    }
    away.move(new CursorState(2, 0, 1, 1, 0, 0, new byte[0]));
    journal.close();
    disk.kill();
  }

  private OfflineJournal offline() throws IOException {
    return new OfflineJournal(disk, FOLDER);
  }

  private List<String> findings() throws IOException {
    long before = disk.operations();
    List<String> texts = new ArrayList<>();
    for (Finding finding : JournalCheck.of(offline())) {
      texts.add((finding.damaged() ? "! " : "") + finding.text());
    }
    assertThat(disk.operations()).as("changes nothing").isEqualTo(before);
    return texts;
  }

  @Test
  void describesTheContentOfEachFile() throws Exception {
    assertThat(findings())
        .containsExactly(
            "records 1 to 2, 2 readable, no damage",
            "records 3 to 4, 2 readable, no damage",
            "cursor away has reached record 2; records pending: 2; so far 1 delivered, 1"
                + " filtered, 0 rejected, 0 lost",
            "cursor other has reached record 0; records pending: 4; so far 0 delivered, 0"
                + " filtered, 0 rejected, 0 lost");
  }

  @Test
  void describesDamage() throws Exception {
    Path first = segments(disk).get(0);
    byte[] bytes = disk.bytes(first);
    bytes[SegmentHeader.SIZE + 100] ^= 1;
    disk.put(first, bytes);
    disk.put(AWAY, new byte[100]);
    disk.remove(AWAY.resolveSibling("other.cursor"));
    String lost =
        " is damaged or missing: the next start creates it again at the oldest record in"
            + " the journal";
    assertThat(findings())
        .containsExactly(
            "! records 1 to 2, 1 readable, 1 damaged or missing",
            "records 3 to 4, 2 readable, no damage",
            "! cursor away" + lost,
            "! cursor other" + lost);
  }

  @Test
  void readsThePendingRecordsOfASink() throws Exception {
    try (JournalReader reader = offline().readerFrom("away")) {
      assertThat(reader.read(10, 1 << 20)).extracting(JournalRecord::first).containsExactly(3L, 4L);
    }
    try (JournalReader reader = offline().reader()) {
      assertThat(reader.read(10, 1 << 20)).hasSize(4);
    }
  }

  @Test
  void forgetsACursorAndReturnsItsPendingCount() throws Exception {
    assertThat(offline().forget("away")).isEqualTo(2);
    JournalCore journal = openWithoutRetention(disk, 2);
    assertThat(journal.cursors().find("away")).isEmpty();
    assertThat(journal.cursors().open("away", Start.NOW).state().position()).isEqualTo(4);
    assertThat(journal.cursors().find("other")).isPresent();
  }

  @Test
  void forgetsADamagedCursor() throws Exception {
    disk.put(AWAY, new byte[100]);
    assertThat(offline().forget("away")).isEqualTo(4);
    assertThat(openWithoutRetention(disk, 2).cursors().find("away")).isEmpty();
  }
}
