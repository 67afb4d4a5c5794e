package io.sessionbridge.journal.write;

/** What was appended and waits for the journal's thread: a group of records, or a hole. */
sealed interface Item permits Group, PendingHole {

  /** Its last sequence. */
  long last();

  /** Puts it into memory; it is on the disk after the next flush. */
  void putInto(SegmentWriter segment, long durable);

  /** What is to be stated if it cannot be written. */
  PendingHole asHole();
}
