package io.sessionbridge.journal.write;

import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.JournalRecord.Hole;

/**
 * A hole that is not written yet.
 *
 * @param count how many records were lost; 0 if their emitters were told and can offer them again;
 *     {@link Hole#UNKNOWN_COUNT} if nobody can know
 */
public record PendingHole(long first, long last, long count, String reason, long timeMicros)
    implements Item {

  private static final String WRITE_FAILED = "write_failed";

  /** The statement that sequences were given out for records that were never taken. */
  static PendingHole unused(Appended refused, long timeMicros) {
    return new PendingHole(refused.first(), refused.last(), 0, WRITE_FAILED, timeMicros);
  }

  /** True if nothing is lost with it. */
  boolean isUnused() {
    return count == 0;
  }

  private boolean isCounted() {
    return count != Hole.UNKNOWN_COUNT;
  }

  /** True if they touch and say the same. */
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

  /** Both as one, with the reason of what is lost. */
  public PendingHole with(PendingHole next) {
    return new PendingHole(
        first,
        next.last,
        isCounted() && next.isCounted() ? count + next.count : Hole.UNKNOWN_COUNT,
        isUnused() ? next.reason : reason,
        timeMicros);
  }
}
