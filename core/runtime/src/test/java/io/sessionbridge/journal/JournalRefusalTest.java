package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.group;
import static io.sessionbridge.journal.TestingJournal.open;
import static io.sessionbridge.journal.TestingJournal.read;
import static io.sessionbridge.journal.TestingJournal.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionbridge.journal.write.PendingHole;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The sequences of a group that could not be written. Four KiB per segment. */
class JournalRefusalTest {

  private static final String LARGE = "x".repeat(3000);

  private final ModelStorage disk = new ModelStorage();

  private void refuse(JournalCore journal, String text) {
    assertThatThrownBy(() -> append(journal, text)).isInstanceOf(JournalException.class);
  }

  @Test
  void aRetryOnAFullDiskUsesNoSequence() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "first");
    disk.usableSpace(0);
    for (int retries = 0; retries < 300; retries++) {
      refuse(journal, LARGE);
    }
    disk.usableSpace(Long.MAX_VALUE);
    assertThat(append(journal, LARGE).first()).isEqualTo(2);
    journal.close();
    assertThat(read(open(disk, 2), 0)).containsExactly("1:first", "2:" + LARGE);
  }

  @Test
  void reusesASequenceWhoseBytesMayBeOnTheDisk() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "first");
    disk.failAt(1, 1, "Input/output error"); // the force after the write
    refuse(journal, "refused");
    assertThat(append(journal, "second").first()).isEqualTo(2);
    assertThat(read(journal, 0)).containsExactly("1:first", "2:second");
    disk.crash(new Random(1));
    JournalCore again = open(disk, 2);
    assertThat(read(again, 0)).containsExactly("1:first", "2:second");
    assertThat(again.status().damagedRecords()).isZero();
  }

  @Test
  void theEndOfAFullDiskIsNotAHole() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "first");
    disk.usableSpace(0);
    refuse(journal, LARGE);
    journal.close();
    assertThat(read(open(disk, 2), 0)).containsExactly("1:first");
  }

  @Test
  void failedSequencesBeforeLaterOnesBecomeAHoleWithoutALoss() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "first");
    disk.usableSpace(0);
    Appended refused = journal.append(group(LARGE, LARGE));
    Appended later = journal.append(group("small"));
    settle(journal, later);
    assertThatThrownBy(() -> settle(journal, refused)).hasMessageContaining("the disk is full");
    try (JournalReader reader = journal.reader(1)) {
      assertThat((JournalRecord.Hole) reader.read(1, 1).get(0))
          .isEqualTo(new JournalRecord.Hole(journal.epoch(), 2, 3, 0, "write_failed", 7));
    }
    assertThat(read(journal, 1)).containsExactly("2-3 write_failed", "4:small");
    assertThat(append(journal, "next").first()).isEqualTo(5);
    journal.close();
  }

  @Test
  void aLossKeepsItsPlaceAndItsCountAmongUnusedSequences() throws Exception {
    JournalCore journal = open(disk, 1);
    append(journal, "first");
    disk.usableSpace(0);
    journal.append(group(LARGE));
    journal.appendHole(4, "handoff_full");
    Appended refused = journal.append(group(LARGE));
    assertThatThrownBy(() -> settle(journal, refused)).hasMessageContaining("the disk is full");
    assertThat(read(journal, 1)).containsExactly("2-2 write_failed", "3-6 handoff_full");
    assertThat(append(journal, "next").first()).isEqualTo(7);
    journal.close();
  }

  @Test
  void mergedHolesKeepTheReasonOfTheLoss() {
    PendingHole unused = new PendingHole(1, 3, 0, "write_failed", 7);
    PendingHole lost = new PendingHole(4, 5, 2, "handoff_full", 8);
    assertThat(unused.continuesWith(lost)).isFalse();
    assertThat(unused.with(lost)).isEqualTo(new PendingHole(1, 5, 2, "handoff_full", 7));
    assertThat(unused.continuesWith(new PendingHole(4, 4, 1, "write_failed", 8))).isFalse();
    assertThat(unused.continuesWith(new PendingHole(4, 4, 0, "write_failed", 8))).isTrue();
  }
}
