package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.testkit.storage.ModelStorage;
import io.sessionbridge.testkit.storage.SimulatedCrash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One run of a journal on the model disk: a random workload of about 300 disk operations, stopped
 * at one of them, recovered (and stopped once more during recovery), and compared with what was
 * acknowledged.
 */
final class CrashRun {

  private static final boolean TRACE = Boolean.getBoolean("sessionbridge.journal.trace");
  private static final Path FOLDER = Path.of("data");
  private static final List<String> CURSORS = List.of("fast", "slow");

  private final ModelStorage disk = new ModelStorage();
  private final HandClock clock = new HandClock();
  private final Random random;
  private final JournalConfig config;

  /** Appended payloads by sequence, per epoch; a crash may have kept each or not. */
  private final Map<String, String> offered = new HashMap<>();

  /** Acknowledged appends: the payload or the hole of every sequence whose append returned. */
  private final TreeMap<Long, String> promised = new TreeMap<>();

  private final List<Set<String>> groups = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Long> seenByCursor = new HashMap<>();

  /** Cursors that were ever opened; they must never vanish. */
  private final Set<String> opened = new HashSet<>();

  private boolean cursorsLost;
  private int run;

  CrashRun(long seed, boolean evicts) {
    this.random = new Random(seed);
    this.config =
        new JournalConfig(
            evicts ? 4 * 4096 : 1 << 20,
            4096,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
  }

  ModelStorage disk() {
    return disk;
  }

  /** Runs until the machine stops, or to the end. */
  void work() throws IOException, InterruptedException {
    try {
      for (int life = 0; life < 3; life++) {
        try (JournalCore journal = open()) {
          for (int i = 0; i < 45; i++) {
            act(journal);
          }
        }
      }
    } catch (SimulatedCrash expected) {
      // this is what the run is for
    }
  }

  private JournalCore open() throws IOException {
    trace("open " + run + " at " + disk.operations() + " " + disk.list(FOLDER.resolve("journal")));
    JournalCore journal =
        new JournalCore(config, FOLDER, disk, clock, 0x1234_5678_0000_0000L + run++);
    trace("  first " + journal.firstSequence() + ", last " + journal.lastSequence());
    for (String id : opened) {
      require(journal.cursors().find(id).isPresent(), "cursor " + id + " is forgotten");
    }
    for (String id : CURSORS) {
      journal.cursors().open(id, Start.OLDEST);
      opened.add(id);
    }
    journal.beginRetention();
    return journal;
  }

  private static void trace(String what) {
    if (TRACE) {
      System.out.println(what);
    }
  }

  private void act(JournalCore journal) throws IOException, InterruptedException {
    int choice = random.nextInt(20);
    if (choice < 9) {
      append(journal, 1);
    } else if (choice < 13) {
      append(journal, 2 + random.nextInt(4));
    } else if (choice < 14) {
      Appended hole = journal.appendHole(1 + random.nextInt(3), "test");
      offer(journal, hole, "hole");
    } else if (choice < 19) {
      read(journal, CURSORS.get(random.nextInt(2)));
    } else {
      clock.advance(Duration.ofMillis(700));
      journal.step();
    }
  }

  private void append(JournalCore journal, int count) throws IOException, InterruptedException {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = "r" + run + "-" + random.nextInt(1 << 20) + "x".repeat(random.nextInt(250));
      entries.add(new Entry(i, text.getBytes(StandardCharsets.UTF_8)));
    }
    Appended appended = journal.append(entries);
    trace("append " + appended.first() + ".." + appended.last() + " at " + disk.operations());
    Set<String> group = new HashSet<>();
    for (int i = 0; i < count; i++) {
      long sequence = appended.first() + i;
      offered.put(journal.epoch() + "-" + sequence, text(entries.get(i).payload()));
      group.add(journal.epoch() + "-" + sequence);
    }
    groups.add(group);
    long evicted = journal.status().evictedSegments();
    TestingJournal.settle(journal, appended);
    JournalStatus status = journal.status();
    require(
        status.evictedSegments() == evicted || status.bytes() + 4096 > config.maxBytes(),
        "evicted without need: " + status.bytes() + " of " + config.maxBytes() + " are used");
    for (int i = 0; i < count; i++) {
      promised.put(appended.first() + i, text(entries.get(i).payload()));
    }
  }

  private void offer(JournalCore journal, Appended appended, String what) {
    for (long sequence = appended.first(); sequence <= appended.last(); sequence++) {
      offered.put(journal.epoch() + "-" + sequence, what);
    }
  }

  private static String text(byte[] payload) {
    return new String(payload, StandardCharsets.UTF_8);
  }

  private void read(JournalCore journal, String id) throws IOException {
    Cursor cursor = journal.cursors().open(id, Start.OLDEST);
    CursorState state = cursor.state();
    try (JournalReader reader = journal.reader(state.position())) {
      List<JournalRecord> records = reader.read(1 + random.nextInt(12), 1 << 20);
      if (records.isEmpty()) {
        return;
      }
      long position = records.get(records.size() - 1).last();
      long passed = position - state.position();
      cursor.move(
          new CursorState(
              position,
              state.startedAfter(),
              state.delivered() + passed,
              state.filtered(),
              state.rejected(),
              state.lost(),
              state.note()));
      trace(id + " to " + position + " at " + disk.operations());
      seenByCursor.merge(id, position, Math::max);
    }
    journal.step();
  }

  /**
   * Stops the process or the machine, restarts, cuts the power during or soon after that start,
   * restarts again, and compares the content with the acknowledged appends.
   */
  void recoverAndCheck() throws IOException, InterruptedException {
    if (random.nextBoolean()) {
      disk.kill();
    } else {
      disk.crash(random);
    }
    if (random.nextInt(4) == 0) {
      loseCursors();
    }
    disk.crashAt(random.nextInt(12));
    try (JournalCore journal = open()) {
      for (int i = 0; i < 6; i++) {
        act(journal);
      }
    } catch (SimulatedCrash expected) {
      // the crash during the recovery
    }
    disk.crash(random);
    try (JournalCore journal = open()) {
      long before = journal.durableSequence();
      check(journal);
      append(journal, 3);
      require(journal.lastSequence() == before + 3, "a fresh append got other numbers");
      check(journal);
    }
  }

  /** Loses all cursors, which start again at the oldest record. */
  private void loseCursors() {
    trace("lose the cursors");
    disk.list(FOLDER.resolve("cursors")).forEach(disk::remove);
    cursorsLost = true;
  }

  private void check(JournalCore journal) throws IOException {
    long end = journal.durableSequence();
    require(
        promised.isEmpty() || end >= promised.lastKey(),
        "promised up to " + (promised.isEmpty() ? 0 : promised.lastKey()) + ", ends at " + end);
    readAll(journal, journal.firstSequence() - 1); // a new cursor must not see a false hole either
    ids.clear();
    long start = lowestPosition(journal);
    Map<Long, String> read = readAll(journal, start);
    promised
        .tailMap(deliveredToAll(), false)
        .forEach(
            (sequence, text) -> {
              String found = read.get(sequence);
              boolean evicted = sequence <= start || "evicted".equals(found);
              require(
                  text.equals(found) || evicted && evicts(),
                  sequence + " was promised, found " + found);
            });
    for (Set<String> group : groups) {
      long there = group.stream().filter(ids::contains).count();
      boolean cut = group.stream().anyMatch(id -> sequence(id) <= start);
      boolean evicted = config.maxBytes() < 1 << 20;
      require(there == 0 || there == group.size() || cut || evicted, "torn group " + group);
    }
    for (String id : CURSORS) {
      checkCursor(journal, id, end);
    }
    require(journal.status().damagedRecords() == 0, "damage was reported after a mere crash");
    List<String> foreign = journal.status().foreignFiles();
    require(foreign.isEmpty(), "foreign after a mere crash: " + foreign);
  }

  private boolean evicts() {
    return config.maxBytes() < 1 << 20;
  }

  /**
   * Drops acknowledged appends that all readers have received, whatever happened to their cursors.
   */
  private long deliveredToAll() {
    return CURSORS.stream().mapToLong(id -> seenByCursor.getOrDefault(id, 0L)).min().orElse(0);
  }

  private static long lowestPosition(JournalCore journal) {
    return journal.cursors().all().stream()
        .mapToLong(cursor -> cursor.state().position())
        .min()
        .orElse(0);
  }

  private static long sequence(String id) {
    return Long.parseLong(id.substring(id.indexOf('-') + 1));
  }

  private void checkCursor(JournalCore journal, String id, long end) {
    journal
        .cursors()
        .find(id)
        .ifPresent(
            cursor -> {
              CursorState state = cursor.state();
              require(state.position() <= end, id + " is beyond the end");
              require(
                  cursorsLost
                      || state.position() <= seenByCursor.getOrDefault(id, state.startedAfter()),
                  id + " has skipped to " + state.position());
              require(
                  state.delivered() == state.position() - state.startedAfter(),
                  id + " does not add up");
            });
  }

  private Map<Long, String> readAll(JournalCore journal, long start) throws IOException {
    Map<Long, String> read = new HashMap<>();
    long next = start + 1;
    try (JournalReader reader = journal.reader(start)) {
      for (List<JournalRecord> records = reader.read(7, 900);
          !records.isEmpty();
          records = reader.read(7, 900)) {
        for (JournalRecord record : records) {
          require(record.first() == next, "expected " + next + ", read " + record);
          next = record.last() + 1;
          take(record, read);
        }
      }
    }
    require(next == journal.durableSequence() + 1, "the reader ended at " + (next - 1));
    return read;
  }

  private void take(JournalRecord record, Map<Long, String> read) {
    if (record instanceof JournalRecord.Data data) {
      String id = data.epoch() + "-" + data.sequence();
      String text = text(data.payload());
      require(text.equals(offered.get(id)), id + " was never appended with " + text);
      read.put(data.sequence(), text);
      ids.add(id);
      return;
    }
    JournalRecord.Hole hole = (JournalRecord.Hole) record;
    for (long sequence = hole.first(); sequence <= hole.last(); sequence++) {
      boolean evicted = hole.reason().equals("evicted") && config.maxBytes() < 1 << 20;
      boolean stated =
          hole.reason().equals("test") && "hole".equals(offered.get(hole.epoch() + "-" + sequence));
      require(evicted || stated, "a false hole: " + hole);
      read.put(sequence, evicted ? "evicted" : "hole");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new Violation(message);
    }
  }

  /** The journal violated a guarantee. */
  static final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
      super(message);
    }
  }

  /** A clock that moves only by {@link #advance}. */
  static final class HandClock implements Clock {
    private volatile long nanos = 1;
    private volatile long jumped;

    /** Moves only the wall clock. */
    synchronized void jump(Duration by) {
      jumped = jumped + by.toNanos();
    }

    synchronized void advance(Duration by) {
      nanos = nanos + by.toNanos();
    }

    @Override
    public Instant now() {
      return Instant.parse("2026-11-20T08:00:00Z").plusNanos((nanos + jumped) / 1000 * 1000);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Signal signal() {
      return Clock.system().signal();
    }
  }
}
