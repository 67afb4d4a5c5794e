package io.sessionbridge.journal;

import static io.sessionbridge.journal.TestingJournal.FOLDER;
import static io.sessionbridge.journal.TestingJournal.SEGMENTS;
import static io.sessionbridge.journal.TestingJournal.append;
import static io.sessionbridge.journal.TestingJournal.small;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sessionbridge.journal.file.Checksum;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.journal.file.SegmentName;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Arbitrary bytes as segments, including records with valid checksums: the journal opens, readers
 * get each sequence once and in order, and new appends can be read.
 */
class SegmentFuzzTest {

  private static final int MOST_PIECES = 32;
  private static final long FAR = 1L << 40;

  @FuzzTest
  void isReadOnceAndInOrder(FuzzedDataProvider data) throws Exception {
    ModelStorage disk = new ModelStorage();
    put(disk, 1, 1, data);
    if (data.consumeBoolean()) {
      put(disk, data.consumeLong(1, 40), 2, data);
    }
    JournalCore journal = new JournalCore(small(), FOLDER, disk, new CrashRun.HandClock(), 9);
    journal.beginRetention();
    readAll(journal);
    Appended appended = append(journal, "after");
    try (JournalReader reader = journal.reader(appended.first() - 1)) {
      assertThat(reader.read(2, 1 << 20).stream().map(TestingJournal::text))
          .containsExactly(appended.first() + ":after");
    }
  }

  private static void readAll(JournalCore journal) throws IOException {
    long last = 0;
    try (JournalReader reader = journal.reader(0)) {
      List<JournalRecord> some = reader.read(100, 1 << 20);
      while (!some.isEmpty()) {
        for (JournalRecord record : some) {
          assertThat(first(record)).isEqualTo(last + 1);
          assertThat(record.last()).isGreaterThan(last);
          last = record.last();
        }
        some = reader.read(100, 1 << 20);
      }
    }
    assertThat(last).isEqualTo(journal.durableSequence());
  }

  private static long first(JournalRecord record) {
    return record instanceof JournalRecord.Hole hole ? hole.first() : record.last();
  }

  private static void put(ModelStorage disk, long first, long epoch, FuzzedDataProvider data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(SegmentHeader.of(epoch, first, 7).encode().array());
    for (int i = 0; i < MOST_PIECES && data.remainingBytes() > 0; i++) {
      byte[] piece = data.consumeBoolean() ? record(epoch, data) : bytes(data);
      bytes.writeBytes(piece);
      bytes.writeBytes(new byte[-piece.length & 7]);
    }
    disk.put(SEGMENTS.resolve(SegmentName.of(first, epoch, 0)), bytes.toByteArray());
  }

  private static byte[] bytes(FuzzedDataProvider data) {
    return data.consumeBytes(data.consumeInt(0, 100));
  }

  private static byte[] record(long epoch, FuzzedDataProvider data) {
    byte type = data.pickValue(new byte[] {RecordHeader.DATA, RecordHeader.HOLE, 0, 3});
    boolean moreFollows = data.consumeBoolean();
    long sequence = number(data);
    long durable = number(data);
    boolean damaged = data.consumeBoolean();
    byte[] payload = type == RecordHeader.HOLE ? hole(data) : bytes(data);
    int crc = Checksum.of(payload, 0, payload.length) ^ (damaged ? 1 : 0);
    ByteBuffer record = ByteBuffer.allocate(RecordHeader.SIZE + payload.length);
    new RecordHeader(payload.length, sequence, 7, type, moreFollows, crc, durable)
        .encode(record, epoch);
    return record.put(payload).array();
  }

  private static byte[] hole(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return bytes(data);
    }
    byte[] reason = bytes(data);
    return ByteBuffer.allocate(16 + reason.length)
        .putLong(number(data))
        .putLong(number(data))
        .put(reason)
        .array();
  }

  private static long number(FuzzedDataProvider data) {
    return data.consumeLong(0, data.consumeBoolean() ? 40 : FAR);
  }
}
