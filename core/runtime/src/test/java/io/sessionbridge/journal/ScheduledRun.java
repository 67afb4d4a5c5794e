package io.sessionbridge.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.testkit.storage.ModelStorage;
import io.sessionbridge.testkit.storage.SimulatedCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A journal, live and finite emitters, two readers, retention and possible failures, as steps of
 * one seed on one thread. Nothing waits for real time, and each seed is deterministic.
 */
final class ScheduledRun {

  /** Possible failures; each seed has some of them. */
  private enum Fault {
    CRASHES,
    WRITE_ERRORS,
    READ_ERRORS,
    HELD_FILES,
    CLOCK_JUMPS,
    LOST_CURSORS,
    SLOW_DISK
  }

  private static final boolean TRACE = Boolean.getBoolean("sessionbridge.journal.trace");
  private static final Path FOLDER = Path.of("data");
  private static final int STEPS = 400;
  private static final int SEGMENT = 4 * 4096;
  private static final long LARGE = 1L << 24;

  private final ModelStorage disk = new ModelStorage();
  private final CrashRun.HandClock clock = new CrashRun.HandClock();
  private final Random random;
  private final JournalConfig config;
  private final List<Fault> faults = new ArrayList<>();
  private final Map<String, Set<String>> offered = new HashMap<>();
  private final TreeMap<Long, String> acknowledged = new TreeMap<>();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<ScheduledReader> readers =
      List.of(new ScheduledReader("near", 12, offered), new ScheduledReader("far", 3, offered));
  private JournalCore journal;
  private int lives;
  private boolean holeWaits;

  /** Added during the step; the next one writes it. */
  private boolean holeCame;

  /** Set during the step, which may delete more after an eviction. */
  private boolean movedMeanwhile;

  private boolean stepping;
  private boolean persistentReadErrors;

  /** An append whose outcome is unknown. */
  private record Pending(Appended appended, List<Entry> entries, boolean mayEvict) {}

  ScheduledRun(long seed) throws IOException {
    this.random = new Random(seed);
    this.config =
        new JournalConfig(
            random.nextBoolean() ? 5L * SEGMENT : LARGE,
            SEGMENT,
            Duration.ofDays(90),
            Duration.ofDays(1),
            JournalConfig.WhenFull.DROP_OLDEST,
            JournalConfig.Durability.FSYNC,
            false);
    for (Fault fault : Fault.values()) {
      if (random.nextInt(3) == 0) {
        faults.add(fault);
      }
    }
    this.journal = open();
    startReaders();
  }

  /** Runs all steps and checks. */
  void run() throws IOException, InterruptedException {
    trace("seed with " + faults + ", max_bytes " + config.maxBytes());
    if (faults.contains(Fault.SLOW_DISK)) {
      disk.slow(Duration.ofMillis(700), this::meanwhile);
    }
    for (int step = 0; step < STEPS; step++) {
      try {
        act(random.nextInt(100));
      } catch (SimulatedCrash crash) {
        restart(true);
      }
    }
    disk.failAt(Long.MAX_VALUE / 2, 0, "");
    TestingJournal.segments(disk).forEach(disk::release);
    restart(random.nextBoolean());
    drain();
    readers.forEach(reader -> reader.check(acknowledged, this::mayBeLost));
  }

  private void act(int choice) throws IOException, InterruptedException {
    if (choice < 25) {
      append(true);
    } else if (choice < 35) {
      append(false);
    } else if (choice < 38) {
      hole();
    } else if (choice < 60) {
      work();
    } else if (choice < 78) {
      readers.get(choice % 3 == 0 ? 1 : 0).read(random);
    } else if (choice < 88) {
      readers.get(choice % 2).move();
    } else if (choice < 93) {
      clock.advance(Duration.ofMillis(1 + random.nextInt(4000)));
    } else if (!faults.isEmpty()) {
      fault(faults.get(random.nextInt(faults.size())));
    }
  }

  private void append(boolean mayEvict) throws IOException, InterruptedException {
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String text = "r" + lives + "-" + random.nextInt() + "x".repeat(random.nextInt(900));
      entries.add(new Entry(i, text.getBytes(UTF_8)));
    }
    if (!mayEvict && !journal.hasRoom(entries)) {
      return; // a finite source waits
    }
    Appended appended =
        journal.append(mayEvict ? journal.room(entries) : journal.awaitRoom(entries));
    trace("append " + appended.first() + ".." + appended.last() + " mayEvict " + mayEvict);
    for (int i = 0; i < entries.size(); i++) {
      String id = journal.epoch() + "-" + (appended.first() + i);
      offered.computeIfAbsent(id, none -> new HashSet<>()).add(text(entries.get(i)));
    }
    pending.add(new Pending(appended, entries, mayEvict));
  }

  private void hole() {
    Appended hole = journal.appendHole(1 + random.nextInt(3), "test");
    trace("hole " + hole.first() + ".." + hole.last());
    if (stepping) {
      holeCame = true;
    } else {
      holeWaits = true;
    }
  }

  /** A step of the journal's thread, and its results for the emitters. */
  private void work() {
    long evicted = journal.status().evictedSegments();
    boolean mayEvict = holeWaits || pending.stream().anyMatch(Pending::mayEvict);
    stepping = true;
    movedMeanwhile = false;
    try {
      journal.step();
    } finally {
      stepping = false;
    }
    JournalStatus status = journal.status();
    if (status.evictedSegments() > evicted && !faults.contains(Fault.CLOCK_JUMPS)) {
      require(mayEvict, "evicted for a source that waits for room");
      require(
          movedMeanwhile || status.bytes() + spare() > config.maxBytes(),
          "evicted without need: " + status.bytes() + " of " + config.maxBytes() + " are used");
    }
    holeWaits &= faults.contains(Fault.WRITE_ERRORS); // with these it may still be pending
    holeWaits |= holeCame;
    holeCame = false;
    pending.removeIf(this::isSettled);
  }

  /**
   * Actions of others while the journal's thread waits for the disk: for a force, or for the
   * creation or deletion of a segment.
   */
  private void meanwhile(Duration time) {
    clock.advance(time);
    if (!stepping) {
      return;
    }
    try {
      int choice = random.nextInt(8);
      switch (choice) {
        case 0, 1 -> append(choice == 0);
        case 2 -> hole();
        case 3, 4 -> readers.get(choice - 3).read(random);
        case 5, 6 -> {
          readers.get(choice - 5).move();
          movedMeanwhile = true;
        }
        default -> trace("nothing happens meanwhile");
      }
    } catch (IOException | InterruptedException e) {
      throw new CrashRun.Violation("meanwhile: " + e);
    }
  }

  /** A segment to create, and possibly one whose creation failed after making room. */
  private long spare() {
    return SEGMENT * (faults.contains(Fault.WRITE_ERRORS) ? 2L : 1L);
  }

  private boolean isSettled(Pending one) {
    if (!isTaken(one.appended())) {
      return true;
    }
    if (one.appended().last() > journal.durableSequence()) {
      return false;
    }
    for (int i = 0; i < one.entries().size(); i++) {
      acknowledged.put(one.appended().first() + i, text(one.entries().get(i)));
    }
    return true;
  }

  private static boolean isTaken(Appended appended) {
    try {
      appended.requireNotFailed();
      return true;
    } catch (JournalException refused) {
      return false;
    }
  }

  private void fault(Fault fault) {
    trace(fault.toString());
    switch (fault) {
      case CRASHES -> crash();
      case WRITE_ERRORS -> disk.failAt(random.nextInt(6), 1 + random.nextInt(5), "I/O error");
      case READ_ERRORS -> readError();
      case HELD_FILES -> heldFile();
      case CLOCK_JUMPS -> clock.jump(Duration.ofDays(random.nextInt(200) - 100L));
      case LOST_CURSORS -> loseCursors();
      case SLOW_DISK -> clock.advance(Duration.ofSeconds(2)); // slow all the time
    }
  }

  private void crash() {
    switch (random.nextInt(4)) {
      case 0 -> restart(false);
      case 1 -> restart(true);
      case 2 -> disk.crashAt(random.nextInt(10));
      default -> {
        journal.close();
        restart(false);
      }
    }
  }

  private void readError() {
    List<Path> segments = TestingJournal.segments(disk);
    if (!segments.isEmpty()) {
      Path file = segments.get(random.nextInt(segments.size()));
      long from = random.nextInt(SEGMENT);
      boolean passes = random.nextBoolean();
      persistentReadErrors |= !passes;
      disk.unreadable(file, from, from + 512, passes ? 1 + random.nextInt(3) : Long.MAX_VALUE);
    }
  }

  private void heldFile() {
    List<Path> segments = TestingJournal.segments(disk);
    if (!segments.isEmpty()) {
      Path file = segments.get(random.nextInt(segments.size()));
      disk.hold(file);
      disk.release(segments.get(random.nextInt(segments.size())));
    }
  }

  private void loseCursors() {
    journal.close();
    pending.removeIf(this::isSettled);
    for (Path file : disk.list(FOLDER.resolve("cursors"))) {
      switch (random.nextInt(3)) {
        case 0 -> disk.remove(file);
        case 1 -> disk.put(file, new byte[random.nextInt(2) * 100]);
        default -> disk.put(file, "noise".repeat(9000).getBytes(UTF_8));
      }
    }
    readers.forEach(ScheduledReader::losesCursor);
    restart(false);
  }

  /** Ends the process or the machine, and restarts until a start succeeds. */
  private void restart(boolean powerCut) {
    pending.removeIf(this::isSettled); // durable appends were acknowledged
    pending.clear();
    readers.forEach(ScheduledReader::end);
    end(powerCut);
    while (true) {
      try {
        journal = open();
        if (random.nextInt(8) > 0) {
          startReaders();
          return;
        }
        trace("a start that fails before the cursors are opened");
        int held = journal.status().segments();
        clock.jump(Duration.ofDays(1000));
        journal.step();
        clock.jump(Duration.ofDays(-1000));
        require(journal.status().segments() == held, "deleted before the cursors stand");
        end(false);
      } catch (SimulatedCrash again) {
        end(true);
      } catch (IOException refused) {
        trace("does not start: " + refused.getMessage());
        end(false);
      }
    }
  }

  private void end(boolean powerCut) {
    if (powerCut) {
      disk.crash(random);
    } else {
      disk.kill();
    }
  }

  private JournalCore open() throws IOException {
    JournalCore opened = new JournalCore(config, FOLDER, disk, clock, 0x5000 + lives++);
    trace("open, last " + opened.lastSequence());
    long promised = acknowledged.isEmpty() ? 0 : acknowledged.lastKey();
    require(
        opened.durableSequence() >= promised,
        "acknowledged up to " + promised + ", ends at " + opened.durableSequence());
    return opened;
  }

  private void startReaders() throws IOException {
    for (ScheduledReader reader : readers) {
      reader.start(journal);
    }
    journal.beginRetention();
  }

  /** Runs all emitters and readers to the end. */
  private void drain() {
    for (int i = 0; i < 20_000; i++) {
      clock.advance(Duration.ofSeconds(4));
      journal.step();
      boolean done = true;
      for (ScheduledReader reader : readers) {
        reader.read(random);
        reader.move();
        done &= reader.position() == journal.durableSequence();
      }
      if (done) {
        return;
      }
    }
    throw new CrashRun.Violation("the readers do not come to the end");
  }

  private boolean mayBeLost(JournalRecord.Hole hole) {
    return switch (hole.reason()) {
      case "evicted" -> config.maxBytes() < LARGE || faults.contains(Fault.CLOCK_JUMPS);
      case "unreadable", "missing", "corrupt" -> persistentReadErrors;
      case "cursor_damaged" -> faults.contains(Fault.LOST_CURSORS);
      default -> false;
    };
  }

  private static String text(Entry entry) {
    return new String(entry.payload(), UTF_8);
  }

  private static void trace(String what) {
    if (TRACE) {
      System.out.println(what);
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CrashRun.Violation(message);
    }
  }
}
