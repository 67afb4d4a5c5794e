package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.small;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sessionbridge.journal.cursors.CursorFormat;
import io.sessionbridge.journal.cursors.CursorName;
import io.sessionbridge.journal.file.Checksum;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** Arbitrary bytes as the file of a cursor, including slots with valid checksums. */
class CursorFileFuzzTest {

  private static final Path FILE = FOLDER.resolve("cursors").resolve(CursorName.of("lake"));

  @FuzzTest
  void isIntactOrRecreated(FuzzedDataProvider data) throws Exception {
    ModelStorage disk = new ModelStorage();
    JournalCore before = new JournalCore(small(), FOLDER, disk, new CrashRun.HandClock(), 1);
    Cursor unused = before.cursors().open("lake", Start.OLDEST);
    append(before, "one", "two");
    before.close();
    disk.put(FILE, file(data));
    CursorState state;
    try {
      state = moved(disk);
    } catch (JournalException refused) {
      assertThat(refused).message().contains(FILE + " is of version");
      return;
    }
    JournalCore after = new JournalCore(small(), FOLDER, disk, new CrashRun.HandClock(), 3);
    assertThat(after.cursors().find("lake").orElseThrow().state())
        .usingRecursiveComparison()
        .isEqualTo(state);
  }

  /** Opens the journal, reads all records, and moves the cursor past them. */
  private static CursorState moved(ModelStorage disk) throws Exception {
    JournalCore journal = new JournalCore(small(), FOLDER, disk, new CrashRun.HandClock(), 2);
    Cursor cursor = journal.cursors().open("lake", Start.OLDEST);
    journal.beginRetention();
    append(journal, "three");
    try (JournalReader reader = journal.reader(cursor.state())) {
      while (!reader.read(100, 1 << 20).isEmpty()) {
        cursor.move(cursor.state().at(reader.position(), new byte[] {1}));
      }
    }
    assertThat(cursor.state().position()).isEqualTo(journal.durableSequence());
    journal.close();
    return cursor.state();
  }

  private static byte[] file(FuzzedDataProvider data) {
    ByteBuffer file = ByteBuffer.allocate(2 * TwoSlotFile.SLOT);
    file.put(0, slot(data));
    file.put(TwoSlotFile.SLOT, slot(data));
    int missing = data.consumeBoolean() ? data.consumeInt(0, file.capacity()) : 0;
    return Arrays.copyOf(file.array(), file.capacity() - missing);
  }

  private static byte[] slot(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return data.consumeBytes(data.consumeInt(0, 100));
    }
    byte[] value = data.consumeBoolean() ? state(data) : data.consumeBytes(data.consumeInt(0, 100));
    ByteBuffer slot = ByteBuffer.allocate(32 + value.length);
    slot.putInt(0x5342736C).putInt(data.consumeBoolean() ? 1 : data.consumeInt(0, 3));
    slot.putLong(data.consumeLong()).putInt(value.length);
    slot.putInt(Checksum.of(value, 0, value.length)).putInt(0);
    return slot.putInt(Checksum.of(slot, 0, 28)).put(value).array();
  }

  private static byte[] state(FuzzedDataProvider data) {
    return CursorFormat.encode(
        new CursorState(
            data.consumeLong(0, 2),
            data.consumeLong(0, 2),
            data.consumeLong(0, 2),
            data.consumeLong(0, 2),
            data.consumeLong(0, 2),
            data.consumeLong(0, 2),
            data.consumeBytes(20)));
  }
}
