package io.sessionbridge.journal.read;

import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides where the newest segment ends. Each record says how far the journal was durable when it
 * was written. Up to the highest of these claims everything was acknowledged, and what is damaged
 * there is corruption, which readers will report. Behind it the records count only as long as they
 * follow each other without a flaw and in whole groups; the rest is the tail of a write that a
 * crash interrupted, which nobody was promised. What the disk does not give back may have been
 * promised: it counts as records, at its end as so many as may have stood in it, and readers will
 * report a hole.
 */
public final class TailScan {

  /**
   * What matters of a valid record.
   *
   * @param afterUnreadable whether something that cannot be read stands right before it
   */
  private record Seen(
      long first, long last, boolean moreFollows, long durable, boolean afterUnreadable) {}

  /**
   * What a segment holds.
   *
   * @param unreadableAtEnd bytes behind the last record that cannot be read
   */
  private record Scan(List<Seen> records, long unreadableAtEnd) {}

  /** Of a segment whose size nobody can ask for. */
  private static final long USUAL_BYTES = 4 << 20;

  private TailScan() {}

  /**
   * The last sequence; one less than the first if the segment holds nothing.
   *
   * @param proven a sequence that is known to have been durable, because a cursor has passed it
   */
  public static long lastSequence(SegmentCursor cursor, long first, long proven)
      throws IOException {
    Scan scan = scan(cursor, first);
    List<Seen> records = scan.records;
    long durable = Math.max(first - 1, proven);
    for (Seen record : records) {
      durable = Math.max(durable, record.durable);
    }
    long run = durable;
    long whole = durable;
    for (Seen record : records) {
      if (record.first > run + 1 && !record.afterUnreadable) {
        return whole;
      }
      if (record.first > run + 1) {
        run = record.first - 1;
        whole = run;
      }
      if (record.first == run + 1) {
        run = record.last;
        whole = record.moreFollows ? whole : run;
      }
    }
    return scan.unreadableAtEnd == 0 ? whole : run + mostRecordsIn(scan.unreadableAtEnd);
  }

  /**
   * The last sequence that a segment may hold which cannot be opened, so that no number is given
   * out twice. Readers will report a hole.
   */
  public static long mostIn(Segment damaged, long proven) {
    return Math.max(damaged.first() - 1, proven) + mostRecordsIn(USUAL_BYTES);
  }

  private static long mostRecordsIn(long bytes) {
    return (bytes + RecordHeader.SIZE - 1) / RecordHeader.SIZE;
  }

  private static Scan scan(SegmentCursor cursor, long first) throws IOException {
    List<Seen> records = new ArrayList<>();
    long expected = first;
    long unreadable = 0;
    while (true) {
      RecordHeader header = cursor.peek();
      if (header == null) {
        unreadable += cursor.isUnreadable(RecordHeader.SIZE) ? cursor.unreadableBytes() : 0;
        header = cursor.resync(expected);
      }
      if (header == null) {
        return new Scan(records, unreadable);
      }
      byte[] payload = cursor.payload(header);
      if (payload == null && cursor.isUnreadable(header.recordSize())) {
        unreadable += header.recordSize();
      }
      cursor.skip(header);
      if (payload != null && header.sequence() >= expected) {
        long last = last(header, payload);
        records.add(
            new Seen(
                header.sequence(), last, header.moreFollows(), header.durable(), unreadable > 0));
        expected = last + 1;
        unreadable = 0;
      }
    }
  }

  public static long last(RecordHeader header, byte[] payload) {
    return header.type() == RecordHeader.HOLE
        ? ByteBuffer.wrap(payload).getLong()
        : header.sequence();
  }
}
