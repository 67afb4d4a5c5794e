package io.sessionbridge.journal.retention;

import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import java.util.function.Supplier;

/**
 * Counts the room that is spoken for: by groups that are reserved, wait for the journal's thread,
 * or are being written. Guarded by the lock of {@code WriteQueue}.
 *
 * <p>A group does not span segments, so the end of a segment may stay empty for as much as the
 * largest group. In which order groups come is not known when room is reserved; so all but the last
 * segment are counted without that end.
 */
public final class RoomLedger {

  /**
   * What the segments leave free.
   *
   * @param bytes up to the journal's limit; negative beyond it
   * @param waitingHelps false if only the newest segment is left, which never goes
   */
  public record Free(long bytes, boolean waitingHelps) {}

  private final long segmentBytes;
  private long spokenFor;
  private int groups;
  private long largest;
  private long room;

  public RoomLedger(long segmentBytes) {
    this.segmentBytes = segmentBytes;
  }

  public void add(long bytes) {
    spokenFor += bytes;
    groups++;
    largest = Math.max(largest, bytes);
  }

  public void remove(long bytes) {
    spokenFor -= bytes;
    groups--;
    if (groups == 0) {
      largest = 0;
    }
  }

  /** Sets what the segment in use still takes behind the groups that are written. */
  public void room(long bytes) {
    room = bytes;
  }

  /** Whether one more group fits behind all others without giving up a segment. */
  public boolean fits(long bytes, Supplier<Free> segments) {
    long all = spokenFor + bytes;
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
    long behind = all - Math.max(0, room - group);
    long sure = usable - group + Long.BYTES;
    long more = Math.max(0, behind - usable);
    long segments = 1 + (more + sure - 1) / sure;
    return Math.min(segments, groups + 1) * segmentBytes;
  }
}
