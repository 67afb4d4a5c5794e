package io.sessionbridge.journal.retention;

import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import java.util.function.Supplier;

/**
 * Counts the room committed to groups that are reserved, queued for the journal's thread, or being
 * written. Guarded by the lock of {@code WriteQueue}.
 *
 * <p>A group does not span segments, so the unused end of a segment may be as large as the largest
 * group. The order of the groups is unknown when room is reserved, so all but the last segment are
 * counted without that end.
 */
public final class RoomLedger {

  /**
   * The room that the segments leave free.
   *
   * @param bytes up to the journal's limit; negative beyond it
   * @param waitingHelps false if only the newest segment is left, which is never deleted
   */
  public record Free(long bytes, boolean waitingHelps) {}

  private final long segmentBytes;
  private long committed;
  private int groups;
  private long largest;
  private long room;

  public RoomLedger(long segmentBytes) {
    this.segmentBytes = segmentBytes;
  }

  public void add(long bytes) {
    committed += bytes;
    groups++;
    largest = Math.max(largest, bytes);
  }

  public void remove(long bytes) {
    committed -= bytes;
    groups--;
    if (groups == 0) {
      largest = 0;
    }
  }

  /** Sets the room left in the current segment after the written groups. */
  public void room(long bytes) {
    room = bytes;
  }

  /** Whether one more group fits after all others without an eviction. */
  public boolean fits(long bytes, Supplier<Free> segments) {
    long all = committed + bytes;
    if (all <= room) {
      return true;
    }
    Free free = segments.get();
    if (!free.waitingHelps() && groups == 0) {
      return true;
    }
    return segmentBytesFor(all, Math.max(largest, bytes)) <= free.bytes();
  }

  private long segmentBytesFor(long all, long group) {
    long usable = segmentBytes - SegmentHeader.SIZE - Segment.RESERVED;
    if (group > usable) {
      return all + (groups + 1) * segmentBytes; // each may need a segment of its own size
    }
    long rest = all - Math.max(0, room - group);
    long usableForSure = usable - group + Long.BYTES;
    long more = Math.max(0, rest - usable);
    long segments = 1 + (more + usableForSure - 1) / usableForSure;
    return Math.min(segments, groups + 1) * segmentBytes;
  }
}
