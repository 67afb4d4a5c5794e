package io.sessionbridge.journal;

import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One run of a journal on a disk that fails some consecutive operations and then recovers:
 * acknowledged records exist, failed ones used no sequence unless later ones were in use, and the
 * next append works.
 */
final class FaultRun {

  private static final Path FOLDER = Path.of("data");
  private static final String LOSS = "test";
  private static final String UNUSED = "write_failed";

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();
  private final Random random;
  private final TreeMap<Long, String> promised = new TreeMap<>();
  private final TreeMap<Long, Set<String>> refused = new TreeMap<>();
  private final boolean atOnce;
  private int run;

  FaultRun(long seed) {
    this.random = new Random(seed);
    this.atOnce = seed % 2 == 1;
  }

  ModelStorage disk() {
    return disk;
  }

  private JournalCore open() throws IOException {
    JournalConfig config =
        new JournalConfig(
            1 << 20,
            4096,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
    JournalCore journal = new JournalCore(config, FOLDER, disk, clock, 0x7700 + run++);
    journal.beginRetention();
    return journal;
  }

  /** A run with the fault, the check, a power cut, and the check again. */
  void live(long faultAt, long faults, String message) throws Exception {
    try (JournalCore journal = open()) {
      journal.cursors().open("slow", Start.OLDEST);
      disk.failAt(faultAt, faults, message);
      for (int i = 0; i < 40; i++) {
        act(journal);
      }
      disk.failAt(Long.MAX_VALUE / 2, 0, "");
      require(append(journal), "the append after the fault failed");
      check(journal, true);
      clock.advance(Duration.ofSeconds(2));
      journal.step();
      disk.crash(random);
    } catch (io.sessionbridge.testkit.storage.SimulatedCrash expected) {
      // close() after the power cut
    }
    try (JournalCore journal = open()) {
      check(journal, false);
      require(append(journal), "the append after the restart failed");
      check(journal, false);
    }
  }

  private void act(JournalCore journal) throws Exception {
    int choice = random.nextInt(10);
    if (choice < 6) {
      append(journal);
    } else if (choice < 7 && atOnce) {
      appendAtOnce(journal);
    } else if (choice < 9) {
      move(journal);
    } else {
      clock.advance(Duration.ofMillis(700));
      journal.step();
    }
  }

  /** A group, and the records expected if it becomes durable. */
  private record Offered(Appended appended, List<Entry> entries) {}

  private boolean append(JournalCore journal) throws Exception {
    return settle(journal, offer(journal));
  }

  /**
   * Like several threads: some groups and a loss, each with sequences before any outcome is known.
   */
  private void appendAtOnce(JournalCore journal) throws Exception {
    List<Offered> all = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i >= 0; i--) {
      all.add(offer(journal));
      if (random.nextInt(4) == 0) {
        promised.put(journal.appendHole(1, LOSS).first(), LOSS);
      }
    }
    for (Offered one : all) {
      settle(journal, one);
    }
  }

  private Offered offer(JournalCore journal) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String text = "r" + run + "-" + random.nextInt(1 << 20) + "x".repeat(random.nextInt(400));
      entries.add(new Entry(i, text.getBytes(StandardCharsets.UTF_8)));
    }
    return new Offered(journal.append(entries), entries);
  }

  private boolean settle(JournalCore journal, Offered offered) throws Exception {
    boolean durable = awaitDurable(journal, offered.appended());
    long sequence = offered.appended().first();
    for (Entry entry : offered.entries()) {
      String text = text(entry.payload());
      if (durable) {
        String before = promised.put(sequence, text);
        require(before == null, sequence + " was given out again, it was " + before);
      } else {
        refused.computeIfAbsent(sequence, s -> new HashSet<>()).add(text);
      }
      sequence++;
    }
    return durable;
  }

  private static boolean awaitDurable(JournalCore journal, Appended appended) throws Exception {
    try {
      TestingJournal.settle(journal, appended);
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  private void move(JournalCore journal) throws IOException {
    Cursor cursor = journal.cursors().find("slow").orElseThrow();
    CursorState state = cursor.state();
    try (JournalReader reader = journal.reader(state.position())) {
      List<JournalRecord> some = reader.read(3, 1 << 20);
      if (!some.isEmpty()) {
        cursor.move(state.at(some.get(some.size() - 1).last(), state.note()));
      }
    }
    journal.step();
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  private void check(JournalCore journal, boolean sameLife) throws IOException {
    long start = journal.cursors().find("slow").orElseThrow().state().position();
    require(start <= journal.durableSequence(), "the cursor is beyond the end");
    Map<Long, String> read = read(journal, start);
    promised
        .tailMap(start, false)
        .forEach(
            (sequence, text) ->
                require(
                    text.equals(read.get(sequence)),
                    sequence + " was promised, found " + read.get(sequence)));
    refused.tailMap(start, false).keySet().removeAll(promised.keySet());
    refused
        .tailMap(start, false)
        .forEach(
            (sequence, texts) -> {
              String found = read.get(sequence);
              boolean none = found == null || atOnce && UNUSED.equals(found);
              require(
                  none || !sameLife && texts.contains(found),
                  sequence + " was refused, found " + found);
            });
    require(journal.status().damagedRecords() == 0, "damage was reported");
  }

  private static Map<Long, String> read(JournalCore journal, long start) throws IOException {
    Map<Long, String> read = new HashMap<>();
    long next = start + 1;
    try (JournalReader reader = journal.reader(start)) {
      for (List<JournalRecord> some = reader.read(50, 1 << 20);
          !some.isEmpty();
          some = reader.read(50, 1 << 20)) {
        for (JournalRecord record : some) {
          require(record.first() == next, "expected " + next + ", read " + record);
          next = record.last() + 1;
          require(
              !(record instanceof JournalRecord.Hole hole)
                  || hole.count() == (UNUSED.equals(hole.reason()) ? 0 : numbers(hole)),
              "counts wrong: " + record);
          for (long sequence = record.first(); sequence <= record.last(); sequence++) {
            read.put(sequence, what(record));
          }
        }
      }
    }
    require(next == journal.durableSequence() + 1, "the reader ended at " + (next - 1));
    return read;
  }

  private static long numbers(JournalRecord.Hole hole) {
    return hole.last() - hole.first() + 1;
  }

  private static String what(JournalRecord record) {
    return record instanceof JournalRecord.Data data
        ? text(data.payload())
        : ((JournalRecord.Hole) record).reason();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CrashRun.Violation(message);
    }
  }
}
