package io.sessionbridge.benchmarks;

import io.sessionbridge.journal.Journal;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalReader;
import io.sessionbridge.journal.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How fast the journal takes events, gives them back, and opens. */
public final class JournalBenchmark {

  private static final int SMALL_SEGMENT = 64 << 10;
  private static final int LARGE_SEGMENT = JournalConfig.defaults().segmentBytes();

  /** A load, with what the journal and the bare loop made of it. */
  private record Trial(Load load, Samples journal, Samples bare) {
    static Trial of(int threads, int group) {
      return new Trial(new Load(threads, group), new Samples(), new Samples());
    }
  }

  private final Path folder;
  private final byte[] payload;
  private final double seconds;
  private final int repetitions;
  private final int segments;

  private JournalBenchmark(Options options, Path folder) {
    this.folder = folder;
    this.payload = EventLines.bytes(options.number("event-bytes", 600));
    this.seconds = options.decimal("seconds", 3);
    this.repetitions = options.number("repetitions", 5);
    this.segments = options.number("segments", 256);
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(args);
    Path folder = Folders.make(options, "journal");
    try {
      JournalBenchmark benchmark = new JournalBenchmark(options, folder);
      options.done();
      Report.machine(folder, "none, appenders and the journal's thread share all cores");
      benchmark.appends();
      benchmark.reading();
      benchmark.opening(1, LARGE_SEGMENT);
      benchmark.opening(benchmark.segments, SMALL_SEGMENT);
      benchmark.opening(benchmark.segments, LARGE_SEGMENT);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Every load and its bare loop in turn, and all that again, after one round that counts not. */
  private void appends() throws Exception {
    Trial single = Trial.of(1, 1);
    Trial groups = Trial.of(1, 64);
    Trial together = Trial.of(8, 1);
    for (int i = 0; i <= repetitions; i++) {
      for (Trial trial : List.of(single, groups, together)) {
        double bare = BareAppends.run(folder, trial.load.eventsPerForce(), payload, seconds);
        double journal = JournalAppends.run(folder, trial.load, payload, seconds);
        if (i > 0) {
          trial.bare.add(bare);
          trial.journal.add(journal);
        }
      }
    }
    for (Trial trial : List.of(single, groups, together)) {
      Report.title("append, " + trial.load);
      Report.beside("journal", "bare loop", "events/s", trial.journal, trial.bare);
    }
    Report.title("append, eight threads to one, both one event at a time");
    Report.ratio("journal", together.journal.dividedBy(single.journal));
    Report.ratio("bare loop", together.bare.dividedBy(single.bare));
  }

  private void reading() throws Exception {
    Path own = folder.resolve("reading");
    Backlog.fill(own, segments, LARGE_SEGMENT, payload);
    Samples rate = new Samples();
    long bytes;
    try (Journal journal = JournalAppends.open(JournalConfig.defaults(), own)) {
      bytes = journal.status().bytes();
      for (int i = 0; i <= repetitions; i++) {
        double one = readAll(journal);
        if (i > 0) {
          rate.add(one);
        }
      }
    }
    Report.title("read back, " + bytes / 1_000_000 + " MB, from the page cache");
    Report.figure("journal", "events/s", rate);
    Folders.delete(own);
  }

  private static double readAll(Journal journal) throws IOException {
    long began = System.nanoTime();
    long events = 0;
    try (JournalReader reader = journal.reader(0)) {
      List<JournalRecord> records = reader.read(5000, 2 << 20);
      while (!records.isEmpty()) {
        events += records.size();
        records = reader.read(5000, 2 << 20);
      }
    }
    return events * 1e9 / (System.nanoTime() - began);
  }

  private void opening(int count, int segmentBytes) throws Exception {
    Path own = folder.resolve("opening");
    Backlog.fill(own, count, segmentBytes, payload);
    Samples micros = new Samples();
    long bytes = 0;
    for (int i = 0; i <= repetitions; i++) {
      long began = System.nanoTime();
      try (Journal journal = JournalAppends.open(JournalConfig.defaults(), own)) {
        double one = (System.nanoTime() - began) / 1e3;
        bytes = journal.status().bytes();
        if (i > 0) {
          micros.add(one);
        }
      }
    }
    Report.title("open, segments: " + count + ", MB: " + bytes / 1_000_000);
    Report.figure("journal", "us", micros);
    Folders.delete(own);
  }
}
