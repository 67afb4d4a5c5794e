package io.sessionbridge.journal;

import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * One life of a journal on a disk that refuses some operations in a row and is well again: what was
 * acknowledged is there, what was refused is a hole, and the next append works.
 */
final class FaultRun {

  private static final Path FOLDER = Path.of("data");

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();
  private final Random random;
  private final TreeMap<Long, String> promised = new TreeMap<>();
  private final TreeMap<Long, String> refused = new TreeMap<>();
  private int run;

  FaultRun(long seed) {
    this.random = new Random(seed);
  }

  ModelStorage disk() {
    return disk;
  }

  private Journal open() throws IOException {
    JournalConfig config =
        new JournalConfig(
            1 << 20,
            4096,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
    return Journal.openStepped(config, FOLDER, disk, clock, 0x7700 + run++);
  }

  /** A life with the fault in it, the check, a power cut, and the check again. */
  void live(long faultAt, long faults, String message) throws Exception {
    try (Journal journal = open()) {
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
    try (Journal journal = open()) {
      check(journal, false);
      require(append(journal), "the append after the restart failed");
      check(journal, false);
    }
  }

  private void act(Journal journal) throws Exception {
    int choice = random.nextInt(10);
    if (choice < 7) {
      append(journal);
    } else if (choice < 9) {
      move(journal);
    } else {
      clock.advance(Duration.ofMillis(700));
      journal.step();
    }
  }

  private boolean append(Journal journal) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String text = "r" + run + "-" + random.nextInt(1 << 20) + "x".repeat(random.nextInt(400));
      entries.add(new Entry(i, text.getBytes(StandardCharsets.UTF_8)));
    }
    Appended appended = journal.append(entries);
    boolean durable = awaitDurable(journal, appended);
    TreeMap<Long, String> kept = durable ? promised : refused;
    for (int i = 0; i < entries.size(); i++) {
      kept.put(appended.first() + i, text(entries.get(i).payload()));
    }
    return durable;
  }

  private static boolean awaitDurable(Journal journal, Appended appended) throws Exception {
    try {
      journal.awaitDurable(appended);
      return true;
    } catch (JournalException e) {
      return false;
    }
  }

  private void move(Journal journal) throws IOException {
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

  private void check(Journal journal, boolean sameLife) throws IOException {
    long start = journal.cursors().find("slow").orElseThrow().state().position();
    require(start <= journal.durableSequence(), "the cursor stands behind the end");
    Map<Long, String> read = read(journal, start);
    promised
        .tailMap(start, false)
        .forEach(
            (sequence, text) ->
                require(
                    text.equals(read.get(sequence)),
                    sequence + " was promised, found " + read.get(sequence)));
    refused
        .tailMap(start, false)
        .forEach(
            (sequence, text) -> {
              String found = read.get(sequence);
              require(
                  "write_failed".equals(found) || !sameLife && text.equals(found),
                  sequence + " was refused, found " + found);
            });
    require(journal.status().damagedRecords() == 0, "damage was reported");
  }

  private static Map<Long, String> read(Journal journal, long start) throws IOException {
    Map<Long, String> read = new HashMap<>();
    long next = start + 1;
    try (JournalReader reader = journal.reader(start)) {
      for (List<JournalRecord> some = reader.read(50, 1 << 20);
          !some.isEmpty();
          some = reader.read(50, 1 << 20)) {
        for (JournalRecord record : some) {
          require(record.first() == next, "expected " + next + ", read " + record);
          next = record.last() + 1;
          for (long sequence = record.first(); sequence <= record.last(); sequence++) {
            read.put(sequence, what(record));
          }
        }
      }
    }
    require(next == journal.durableSequence() + 1, "the reader ended at " + (next - 1));
    return read;
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
