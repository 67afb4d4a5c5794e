package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.retention.Retention;
import io.sessionbridge.journal.write.Outcomes;
import io.sessionbridge.storage.Storage;

/** A live journal as its readers see it. Thread-safe. */
record LiveSource(
    Outcomes outcomes,
    Segments segments,
    Retention retention,
    Storage storage,
    Clock clock,
    DamageReporter damage)
    implements JournalReader.Source {

  @Override
  public long durable() {
    return outcomes.durableSequence();
  }

  @Override
  public long evictedUpTo() {
    return retention.evictedUpTo();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public void damaged(JournalRecord.Hole hole) {
    damage.report(hole);
  }
}
