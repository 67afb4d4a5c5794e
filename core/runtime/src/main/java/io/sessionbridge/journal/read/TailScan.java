package io.sessionbridge.journal.read;

import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Determines where the newest segment ends. Each record states up to which sequence the journal was
 * durable when it was written. Up to the highest of these sequences everything was acknowledged, so
 * damage there is corruption, which readers report. After it, records count only while they are
 * contiguous, intact and in complete groups; the rest is the torn tail of a write that was never
 * acknowledged. Unreadable bytes may have been acknowledged: they count as records, at the end as
 * the largest possible number of them, and readers report a hole.
 */
public final class TailScan {

  /**
   * The relevant fields of a valid record.
   *
   * @param afterUnreadable whether unreadable bytes are right before it
   */
  private record Seen(
      long first, long last, boolean moreFollows, long durable, boolean afterUnreadable) {}

  /**
   * The content of a segment.
   *
   * @param unreadableAtEnd unreadable bytes after the last record
   */
  private record Scan(List<Seen> records, long unreadableAtEnd) {}

  /** The assumed size of a segment whose size cannot be read. */
  private static final long ASSUMED_BYTES = 4 << 20;

  private TailScan() {}

  /**
   * The last sequence; the first minus one if the segment is empty.
   *
   * @param proven a sequence known to have been durable, because a cursor has passed it
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
    return scan.unreadableAtEnd == 0 ? whole : run + maxRecordsIn(scan.unreadableAtEnd);
  }

  /**
   * The highest sequence that an unopenable segment may contain, so that no sequence is assigned
   * twice. Readers report a hole.
   */
  public static long maxSequenceIn(Segment damaged, long proven) {
    return Math.max(damaged.first() - 1, proven) + maxRecordsIn(ASSUMED_BYTES);
  }

  private static long maxRecordsIn(long bytes) {
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
