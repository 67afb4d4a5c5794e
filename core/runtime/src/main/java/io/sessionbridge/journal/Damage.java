package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Hole;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of damage once, however many readers meet it. Any thread. */
final class Damage {

  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);
  private static final int REMEMBERED = 10_000;

  private final Set<Long> told = new HashSet<>();
  private long records;

  synchronized void tell(Hole hole) {
    if (told.size() < REMEMBERED && told.add(hole.first())) {
      records += hole.count();
      LOG.error("journal: records {} to {} are {}", hole.first(), hole.last(), hole.reason());
    }
  }

  synchronized long records() {
    return records;
  }
}
