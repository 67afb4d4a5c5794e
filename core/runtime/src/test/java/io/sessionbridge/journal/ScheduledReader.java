package io.sessionbridge.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionbridge.journal.JournalRecord.Data;
import io.sessionbridge.journal.JournalRecord.Hole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A delivery loop without a thread: reads a batch and later moves its cursor past it. */
final class ScheduledReader {

  private final String name;
  private final int batch;
  private final Map<String, Set<String>> offered;
  private final TreeMap<Long, String> received = new TreeMap<>();
  private final List<Hole> holes = new ArrayList<>();
  private final List<JournalRecord> inHand = new ArrayList<>();
  private @Nullable Cursor cursor;
  private @Nullable JournalReader reader;
  private long next;
  private long farthest;

  /**
   * Starts before the first record.
   *
   * @param batch maximum number of records per read
   * @param offered payloads by epoch and sequence; several if the sequence was reused
   */
  ScheduledReader(String name, int batch, Map<String, Set<String>> offered) {
    this.name = name;
    this.batch = batch;
    this.offered = offered;
  }

  /** Continues from the cursor in a journal that was just opened. */
  void start(JournalCore journal) throws IOException {
    Cursor opened = journal.cursors().open(name, Start.OLDEST);
    CursorState state = opened.state();
    require(state.position() <= farthest, name + " stands at " + state.position());
    require(
        state.delivered() + state.lost() <= state.position() - state.startedAfter(),
        name + " does not balance: " + state);
    cursor = opened;
    reader = journal.reader(state);
    next = state.position() + 1;
  }

  /** The journal that it reads has ended. */
  void end() {
    inHand.clear();
    cursor = null;
    reader = null;
  }

  /** Its cursor was lost, so it may start anywhere. */
  void losesCursor() {
    farthest = Long.MAX_VALUE;
  }

  /** Reads and delivers a batch. */
  void read(Random random) {
    JournalReader open = reader;
    if (open == null || !inHand.isEmpty()) {
      return;
    }
    try {
      for (JournalRecord record : open.read(1 + random.nextInt(batch), 1 << 20)) {
        take(record);
      }
    } catch (IOException e) {
      return; // the next step reads again
    }
  }

  private void take(JournalRecord record) {
    boolean cursorDamaged = record instanceof Hole hole && hole.reason().equals("cursor_damaged");
    require(
        cursorDamaged ? record.last() == next - 1 : record.first() == next,
        name + " got " + record);
    next = record.last() + 1;
    inHand.add(record);
    if (record instanceof Data data) {
      String text = new String(data.payload(), UTF_8);
      String id = data.epoch() + "-" + data.sequence();
      require(
          offered.getOrDefault(id, Set.of()).contains(text), id + " was never offered as " + text);
      String before = received.put(data.sequence(), text);
      require(before == null || before.equals(text), id + " came before as " + before);
    } else if (record instanceof Hole hole) {
      boolean counted = !cursorDamaged && !hole.reason().equals("write_failed");
      require(!counted || hole.count() == hole.last() - hole.first() + 1, "count of " + hole);
      holes.add(hole);
    }
  }

  /** Moves the cursor past the delivered records. */
  void move() {
    Cursor open = cursor;
    if (open == null || inHand.isEmpty()) {
      return;
    }
    CursorState state = open.state();
    long delivered = inHand.stream().filter(Data.class::isInstance).count();
    long lost = inHand.stream().mapToLong(ScheduledReader::lost).sum();
    long position = inHand.get(inHand.size() - 1).last();
    inHand.clear();
    open.move(
        new CursorState(
            position,
            state.startedAfter(),
            state.delivered() + delivered,
            0,
            0,
            state.lost() + lost,
            state.note()));
    farthest = farthest == Long.MAX_VALUE ? position : Math.max(farthest, position);
  }

  private static long lost(JournalRecord record) {
    boolean counts = record instanceof Hole hole && hole.count() > 0;
    return counts ? ((Hole) record).count() : 0;
  }

  /** The last sequence that it has passed. */
  long position() {
    return cursor == null ? -1 : cursor.state().position();
  }

  /** Checks that everything acknowledged was delivered or is in an unavoidable hole. */
  void check(Map<Long, String> acknowledged, Predicate<Hole> excuses) {
    acknowledged.forEach(
        (sequence, text) ->
            require(
                text.equals(received.get(sequence)) || isExcused(sequence, excuses),
                name + " never got " + sequence + ", its holes: " + around(sequence)));
  }

  private boolean isExcused(long sequence, Predicate<Hole> excuses) {
    return holes.stream().anyMatch(hole -> isIn(sequence, hole) && excuses.test(hole));
  }

  private List<Hole> around(long sequence) {
    return holes.stream().filter(hole -> isIn(sequence, hole)).toList();
  }

  private static boolean isIn(long sequence, Hole hole) {
    return hole.first() <= sequence && sequence <= hole.last();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CrashRun.Violation(message);
    }
  }
}
