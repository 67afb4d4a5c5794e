package io.sessionbridge.benchmarks;

import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalConfig.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** A journal full of events that no sink has read. */
final class Backlog {

  private static final int GROUP = 64;

  /** Bytes that a record takes beside its payload, at most. */
  private static final int RECORD_OVERHEAD = 56;

  private Backlog() {}

  /**
   * Appends without forcing until there are so many segments and the newest is nearly full: a
   * journal gives back what its newest segment does not use.
   */
  static void fill(Path folder, int segments, int segmentBytes, byte[] payload)
      throws IOException, InterruptedException {
    JournalConfig plain = JournalConfig.defaults();
    JournalConfig config =
        new JournalConfig(
            2L * segments * segmentBytes,
            segmentBytes,
            plain.maxAge(),
            plain.segmentMaxAge(),
            plain.whenFull(),
            Durability.OS,
            false);
    try (Journal journal = JournalAppends.open(config, folder)) {
      List<Entry> group = Collections.nCopies(GROUP, new Entry(1, payload));
      do {
        journal.awaitDurable(journal.append(group));
      } while (journal.status().segments() < segments);
      int groupsOfNewest = segmentBytes / (GROUP * (payload.length + RECORD_OVERHEAD));
      for (int i = 1; i < groupsOfNewest; i++) {
        journal.awaitDurable(journal.append(group));
      }
    }
  }
}
