package io.sessionbridge.benchmarks;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.journal.Appended;
import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.Start;
import io.sessionbridge.storage.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Appends to a real journal, each thread waiting for the disk before its next append. */
final class JournalAppends {

  private JournalAppends() {}

  /** Opens the journal in the folder, with a cursor that keeps everything. */
  static Journal open(JournalConfig config, Path folder) throws IOException {
    Journal journal = Journal.open(config, folder, new FileStorage(), Clock.system());
    journal.cursors().open("keeper", Start.OLDEST);
    journal.beginRetention();
    return journal;
  }

  /**
   * Appends for a time to a new journal.
   *
   * @return events a second
   */
  static double run(Path folder, Load load, byte[] payload, double seconds) throws Exception {
    Path own = Files.createDirectory(folder.resolve("journal-appends"));
    try (Journal journal = open(JournalConfig.defaults(), own)) {
      return run(journal, load, payload, seconds);
    } finally {
      Folders.delete(own);
    }
  }

  private static double run(Journal journal, Load load, byte[] payload, double seconds)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(load.threads());
    try {
      long began = System.nanoTime();
      long end = began + (long) (seconds * 1e9);
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < load.threads(); i++) {
        counts.add(threads.submit(() -> append(journal, load.group(), payload, end)));
      }
      long events = sum(counts);
      return events * 1e9 / (System.nanoTime() - began);
    } finally {
      threads.shutdownNow();
    }
  }

  private static long append(Journal journal, int group, byte[] payload, long end)
      throws IOException, InterruptedException {
    List<Entry> entries = Collections.nCopies(group, new Entry(1, payload));
    long events = 0;
    while (System.nanoTime() - end < 0) {
      Appended appended = journal.append(entries);
      journal.awaitDurable(appended);
      events += group;
    }
    return events;
  }

  private static long sum(List<Future<Long>> counts)
      throws ExecutionException, InterruptedException {
    long sum = 0;
    for (Future<Long> count : counts) {
      sum += count.get();
    }
    return sum;
  }
}
