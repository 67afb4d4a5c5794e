package io.sessionbridge.journal.write;

/** A queued append: a group of records or a hole. */
sealed interface Item permits Group, PendingHole {

  /** Its last sequence. */
  long last();

  /** Adds it to the buffer of the segment; the next flush writes it. */
  void putInto(SegmentWriter segment, long durable);

  /** The hole to record if it cannot be written. */
  PendingHole asHole();
}
