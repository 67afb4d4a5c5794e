package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.segments;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor whose file cannot be written keeps its segments and affects nothing else. */
class UnwritableCursorTest {

  private static final Path BAD = FOLDER.resolve("cursors").resolve("bad.cursor");
  private static final String FILLER = "x".repeat(900);
  private static final String UNKNOWN =
      "if the agent restarts before this is fixed, the cursor is unknown";

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();
  private JournalCore journal;
  private Cursor bad;
  private Cursor good;

  /** Two records per segment. */
  @BeforeEach
  void open() throws Exception {
    journal = open(1);
    for (int i = 1; i <= 6; i++) {
      append(journal, i + FILLER);
    }
    disk.failWrites(BAD, "Input/output error");
  }

  private JournalCore open(long epoch) throws IOException {
    JournalCore opened = new JournalCore(TestingJournal.small(), FOLDER, disk, clock, epoch);
    bad = opened.cursors().open("bad", Start.OLDEST); // before the good one in all orders
    good = opened.cursors().open("good", Start.OLDEST);
    opened.beginRetention();
    return opened;
  }

  private static void move(Cursor cursor, long position) {
    cursor.move(cursor.state().at(position, new byte[0]));
  }

  private void housekeeping() {
    clock.advance(Duration.ofSeconds(2));
    journal.step();
  }

  @Test
  void theOthersAreDurable() throws Exception {
    move(bad, 4);
    move(good, 5);
    housekeeping();
    disk.crash(new Random(1));
    journal = open(2);
    assertThat(good.state().position()).isEqualTo(5);
    assertThat(bad.state().position()).isZero();
  }

  @Test
  void itsSegmentsAreKeptAndAppendsContinue() throws Exception {
    move(bad, 6);
    move(good, 6);
    housekeeping();
    for (int i = 7; i <= 12; i++) {
      append(journal, i + FILLER);
    }
    assertThat(segments(disk)).hasSize(6);
    assertThat(journal.status().unwritableCursors())
        .containsExactly("bad: " + BAD + ": Input/output error");
  }

  @Test
  void itIsWrittenOnceWritesSucceedAgain() throws Exception {
    move(bad, 6);
    move(good, 6);
    housekeeping();
    disk.failWrites(BAD, "");
    housekeeping();
    assertThat(journal.status().unwritableCursors()).isEmpty();
    assertThat(segments(disk)).hasSize(1);
    disk.crash(new Random(1));
    journal = open(2);
    assertThat(bad.state().position()).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource(Start.class)
  void aNewCursorDoesNotFailTheStartAndIsCreatedLater(Start start) throws Exception {
    Cursor made = openOnFailingDisk(start);
    assertThat(made.state().position()).isEqualTo(start == Start.OLDEST ? 0 : 6);

    move(made, 6);
    housekeeping();
    assertThat(journal.status().unwritableCursors()).isEmpty();
    disk.crash(new Random(1));
    journal = open(2);
    assertThat(journal.cursors().open("made", start).state().position()).isEqualTo(6);
  }

  @Test
  void aNewCursorWithoutAnyFileIsNewAgainAfterACrash() throws Exception {
    disk.failAt(0, Long.MAX_VALUE, "Input/output error");
    Cursor unused = journal.cursors().open("made", Start.OLDEST);
    disk.crash(new Random(1));
    journal = open(2);
    assertThat(journal.cursors().find("made")).isEmpty();
    assertThat(journal.cursors().open("made", Start.OLDEST).state().position()).isZero();
  }

  private Cursor openOnFailingDisk(Start start) {
    disk.failWrites(BAD, "");
    disk.failAt(0, 1, "Input/output error");
    Cursor made = journal.cursors().open("made", start);
    assertThat(journal.status().unwritableCursors())
        .singleElement()
        .asString()
        .startsWith("made: ")
        .endsWith("Input/output error");
    return made;
  }

  /**
   * The state after the agent was killed between a write and its force, on a disk whose forces fail
   * from then on.
   *
   * @param other whether the other slot still holds the value before
   */
  private void reopenUnforced(boolean other) throws IOException {
    disk.failWrites(BAD, "");
    move(bad, 2);
    move(good, 2);
    housekeeping(); // in slot 1, and forced
    move(bad, 4);
    journal.step(); // in slot 0, and not forced
    disk.kill();
    if (!other) {
      byte[] bytes = disk.bytes(BAD);
      bytes[TwoSlotFile.SLOT + 40] ^= 1;
      disk.put(BAD, bytes);
    }
    disk.failWrites(BAD, "Input/output error");
    journal = open(2);
  }

  private List<Path> setAside() {
    return disk.list(BAD.getParent()).stream()
        .filter(file -> file.toString().contains("damaged"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneThatCannotBeForcedAtTheStartIsNotDamaged(boolean other) throws Exception {
    reopenUnforced(other);
    move(good, 6);
    housekeeping();
    assertThat(bad.state().position()).isEqualTo(4);
    assertThat(segments(disk)).as("kept, because a crash may restore position 2").hasSize(2);
    assertThat(journal.status().unwritableCursors())
        .containsExactly("bad: " + BAD + ": Input/output error");
    disk.failWrites(BAD, "");
    housekeeping();
    assertThat(journal.status().unwritableCursors()).isEmpty();
    assertThat(segments(disk)).hasSize(1);
    disk.crash(new Random(1));
    journal = open(3);
    assertThat(bad.state().position()).isEqualTo(4);
    assertThat(setAside()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aCrashAfterAFailedForceLeavesAValue(long seed) throws Exception {
    reopenUnforced(true);
    disk.failWrites(BAD, "");
    disk.failAt(seed % 3, 1, "Input/output error");
    housekeeping();
    disk.crash(new Random(seed));
    journal = open(3);
    assertThat(bad.state().position()).isIn(2L, 4L);
    assertThat(setAside()).isEmpty();
  }

  /** Half a value in one slot must not make the other one the next to be overwritten. */
  @Test
  void aPartialWriteDoesNotAffectTheOtherSlot() throws Exception {
    disk.failWrites(BAD, "");
    move(bad, 2);
    housekeeping();
    move(bad, 4);
    disk.failAt(0, 1, "Input/output error"); // writes half
    housekeeping();
    disk.failAt(1, 1, "Input/output error");
    housekeeping();
    disk.crash(new Random(3));
    journal = open(2);
    assertThat(bad.state().position()).isGreaterThanOrEqualTo(2);
  }

  /** The file is created but the force of its name fails; the next attempt must force it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itsNameIsForcedAgain(long seed) throws Exception {
    Path file = BAD.resolveSibling("late.cursor");
    disk.put(file, new byte[0]);
    disk.hold(file);
    disk.failAt(1, 1, "No space left on device");
    Cursor unused = journal.cursors().open("late", Start.NOW);
    assertThat(journal.status().unwritableCursors().toString()).contains(UNKNOWN);
    housekeeping();
    assertThat(journal.status().unwritableCursors().toString())
        .contains("late: ")
        .doesNotContain(UNKNOWN);
    append(journal, "7" + FILLER);
    disk.crash(new Random(seed));
    journal = open(2);
    assertThat(journal.cursors().open("late", Start.NOW).state().position()).isZero();
  }

  @Test
  void reportsThatARestartWouldNotKnowIt() throws Exception {
    disk.failWrites(BAD, "");
    disk.failAt(0, 2, "No space left on device");
    Cursor late = journal.cursors().open("late", Start.NOW);
    assertThat(late.state().position()).isEqualTo(6);
    assertThat(journal.status().unwritableCursors())
        .anySatisfy(text -> assertThat(text).startsWith("late: ").endsWith("device; " + UNKNOWN));
    append(journal, "7" + FILLER); // succeeds, and the next step creates the file
    housekeeping();
    assertThat(journal.status().unwritableCursors()).isEmpty();
    disk.crash(new Random(1));
    journal = open(2);
    assertThat(journal.cursors().open("late", Start.NOW).state().position()).isEqualTo(6);
  }
}
