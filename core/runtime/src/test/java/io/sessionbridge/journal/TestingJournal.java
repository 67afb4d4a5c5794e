package io.sessionbridge.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shared helpers of the journal's tests. */
public final class TestingJournal {

  static final Path FOLDER = Path.of("data");
  static final Path SEGMENTS = FOLDER.resolve("journal");

  private TestingJournal() {}

  static JournalConfig small() {
    return config(1 << 20, JournalConfig.WhenFull.DROP_OLDEST);
  }

  static JournalConfig config(long maxBytes, JournalConfig.WhenFull whenFull) {
    return new JournalConfig(
        maxBytes,
        4096,
        Duration.ofDays(90),
        Duration.ofDays(1),
        whenFull,
        JournalConfig.Durability.FSYNC,
        false);
  }

  /** Opens a journal and begins retention, like the agent. */
  static JournalCore open(ModelStorage disk, long epoch) throws IOException {
    JournalCore journal = openWithoutRetention(disk, epoch);
    journal.beginRetention();
    return journal;
  }

  static JournalCore openWithoutRetention(ModelStorage disk, long epoch) throws IOException {
    return new JournalCore(small(), FOLDER, disk, new CrashRun.HandClock(), epoch);
  }

  public static List<Entry> group(String... texts) {
    List<Entry> entries = new ArrayList<>();
    for (String text : texts) {
      entries.add(new Entry(7, text.getBytes(UTF_8)));
    }
    return entries;
  }

  /**
   * Steps until the append is durable.
   *
   * @throws JournalException if it could not be written
   */
  static void settle(JournalCore journal, Appended appended) throws JournalException {
    while (!journal.isDecided(appended)) {
      journal.step();
    }
  }

  static Appended append(Journal journal, String... texts)
      throws JournalException, InterruptedException {
    Appended appended = journal.append(group(texts));
    journal.awaitDurable(appended);
    return appended;
  }

  static Appended append(JournalCore journal, String... texts)
      throws JournalException, InterruptedException {
    Appended appended = journal.append(group(texts));
    settle(journal, appended);
    return appended;
  }

  /** Everything after the sequence: {@code 3:text} or {@code 4-6 corrupt}. */
  static List<String> read(Journal journal, long after) throws IOException {
    try (JournalReader reader = journal.reader(after)) {
      return read(reader);
    }
  }

  /** Everything after the sequence: {@code 3:text} or {@code 4-6 corrupt}. */
  static List<String> read(JournalCore journal, long after) throws IOException {
    try (JournalReader reader = journal.reader(after)) {
      return read(reader);
    }
  }

  private static List<String> read(JournalReader reader) throws IOException {
    List<String> all = new ArrayList<>();
    for (List<JournalRecord> some = reader.read(100, 1 << 20);
        !some.isEmpty();
        some = reader.read(100, 1 << 20)) {
      some.forEach(record -> all.add(text(record)));
    }
    return all;
  }

  static String text(JournalRecord record) {
    if (record instanceof JournalRecord.Data data) {
      return data.sequence() + ":" + new String(data.payload(), UTF_8);
    }
    JournalRecord.Hole hole = (JournalRecord.Hole) record;
    return hole.first() + "-" + hole.last() + " " + hole.reason();
  }

  static List<Path> segments(ModelStorage disk) {
    return disk.list(SEGMENTS).stream().filter(f -> f.toString().endsWith(".segment")).toList();
  }
}
