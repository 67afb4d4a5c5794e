package io.sessionbridge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides where the newest segment ends. Each record says how far the journal was durable when it
 * was written. Up to the highest of these claims everything was acknowledged, and what is damaged
 * there is corruption, which readers will report. Behind it the records count only as long as they
 * follow each other without a flaw and in whole groups; the rest is the tail of a write that a
 * crash interrupted, which nobody was promised.
 */
final class TailScan {

  /** What matters of a valid record. */
  private record Seen(long first, long last, boolean moreFollows, long durable) {}

  private TailScan() {}

  /**
   * The last sequence; one less than the first if the segment holds nothing.
   *
   * @param proven a sequence that is known to have been durable, because a cursor has passed it
   */
  static long lastSequence(SegmentCursor cursor, long first, long proven) throws IOException {
    List<Seen> records = validRecords(cursor, first);
    long durable = Math.max(first - 1, proven);
    for (Seen record : records) {
      durable = Math.max(durable, record.durable);
    }
    long run = durable;
    long whole = durable;
    for (Seen record : records) {
      if (record.first > run + 1) {
        break;
      }
      if (record.first == run + 1) {
        run = record.last;
        whole = record.moreFollows ? whole : run;
      }
    }
    return whole;
  }

  private static List<Seen> validRecords(SegmentCursor cursor, long first) throws IOException {
    List<Seen> records = new ArrayList<>();
    long expected = first;
    while (true) {
      RecordHeader header = cursor.peek();
      if (header == null) {
        header = cursor.resync(expected);
      }
      if (header == null) {
        return records;
      }
      byte[] payload = cursor.payload(header);
      cursor.skip(header);
      if (payload != null && header.sequence() >= expected) {
        long last = last(header, payload);
        records.add(new Seen(header.sequence(), last, header.moreFollows(), header.durable()));
        expected = last + 1;
      }
    }
  }

  private static long last(RecordHeader header, byte[] payload) {
    return header.type() == RecordHeader.HOLE
        ? ByteBuffer.wrap(payload).getLong()
        : header.sequence();
  }
}
