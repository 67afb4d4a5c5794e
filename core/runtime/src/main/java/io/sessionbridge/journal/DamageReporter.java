package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Hole;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports each damaged range once, even if several readers find it. Thread-safe. */
final class DamageReporter {

  private static final Logger LOG = LoggerFactory.getLogger(DamageReporter.class);
  private static final int MAX_REPORTED = 10_000;

  private final Set<Long> reported = new HashSet<>();
  private long records;

  synchronized void report(Hole hole) {
    if (reported.size() < MAX_REPORTED && reported.add(hole.first())) {
      records += hole.count();
      LOG.error(
          "journal: events {} to {} cannot be read ({}); sinks that still need them get a gap",
          hole.first(),
          hole.last(),
          hole.reason());
    }
  }

  synchronized long records() {
    return records;
  }
}
