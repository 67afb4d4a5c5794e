package io.sessionbridge.journal.write;

import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.retention.Shortage;
import java.util.List;

/**
 * Records that are written all or none.
 *
 * @param bytes that they need in a segment
 * @param shortage what to do if they need a new segment and the journal is full
 */
public record Group(Appended appended, List<Entry> entries, long bytes, Shortage shortage)
    implements Item {

  /** The bytes that records need in a segment. */
  public static long bytesOf(List<Entry> entries) {
    long bytes = 0;
    for (Entry entry : entries) {
      int length = entry.payload().length;
      if (length > RecordHeader.MAX_PAYLOAD) {
        throw new IllegalArgumentException(
            "a record may have " + RecordHeader.MAX_PAYLOAD + " bytes, had " + length);
      }
      bytes += RecordHeader.sizeWith(length);
    }
    return bytes;
  }

  @Override
  public long last() {
    return appended.last();
  }

  @Override
  public void putInto(SegmentWriter segment, long durable) {
    int last = entries.size() - 1;
    for (int i = 0; i <= last; i++) {
      segment.put(entries.get(i), appended.first() + i, i < last, durable);
    }
  }

  /** A hole for its unused sequences. */
  @Override
  public PendingHole asHole() {
    return PendingHole.unused(appended, entries.get(0).timeMicros());
  }
}
