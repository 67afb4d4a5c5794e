package io.sessionbridge.journal.write;

import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.JournalRecord.Hole;

/**
 * A hole that is not written yet.
 *
 * @param count how many records were lost; 0 if their emitters got an exception and can retry;
 *     {@link Hole#UNKNOWN_COUNT} if unknown
 */
public record PendingHole(long first, long last, long count, String reason, long timeMicros)
    implements Item {

  private static final String WRITE_FAILED = "write_failed";

  /** A hole for sequences whose records were never acknowledged. */
  static PendingHole unused(Appended failed, long timeMicros) {
    return new PendingHole(failed.first(), failed.last(), 0, WRITE_FAILED, timeMicros);
  }

  /** True if no record is lost. */
  boolean isUnused() {
    return count == 0;
  }

  private boolean isCounted() {
    return count != Hole.UNKNOWN_COUNT;
  }

  /** True if the holes are adjacent and equivalent. */
  public boolean continuesWith(PendingHole next) {
    return last + 1 == next.first
        && reason.equals(next.reason)
        && isUnused() == next.isUnused()
        && isCounted() == next.isCounted();
  }

  @Override
  public void putInto(SegmentWriter segment, long durable) {
    segment.putHole(this, durable);
  }

  @Override
  public PendingHole asHole() {
    return this;
  }

  /** Both holes merged, with the reason of the loss. */
  public PendingHole with(PendingHole next) {
    return new PendingHole(
        first,
        next.last,
        isCounted() && next.isCounted() ? count + next.count : Hole.UNKNOWN_COUNT,
        isUnused() ? next.reason : reason,
        timeMicros);
  }
}
