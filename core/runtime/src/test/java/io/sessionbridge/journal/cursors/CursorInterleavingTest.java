package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.Interleavings;
import io.sessionbridge.journal.Start;
import io.sessionbridge.testkit.storage.ModelStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/**
 * A sink moves its cursor while the journal's thread writes it, in all interleavings: the last move
 * is written, or the journal's thread is notified of it.
 */
public class CursorInterleavingTest {

  private static final String SINK = "sink";
  private static final String JOURNAL = "journal";
  private static final Path FOLDER = Path.of("cursors");

  private final ModelStorage disk = new ModelStorage();
  private final AtomicBoolean notified = new AtomicBoolean();
  private final CursorStore cursors;
  private final Cursor cursor;

  public CursorInterleavingTest() throws IOException {
    this.cursors =
        CursorStore.load(
            disk,
            FOLDER,
            new KnownCursors(disk, Path.of("journal")),
            () -> notified.set(true),
            () -> 1,
            () -> 0);
    this.cursor = cursors.open("lake", Start.OLDEST);
  }

  @Operation(nonParallelGroup = SINK)
  public void move() {
    CursorState state = cursor.state();
    cursor.move(state.at(state.position() + 1, new byte[0]));
  }

  @Operation(nonParallelGroup = JOURNAL)
  public void write() throws IOException {
    if (notified.getAndSet(false)) {
      cursors.write();
    }
  }

  /** Called at the end. */
  @Validate
  public void noMoveIsMissed() throws IOException {
    if (notified.get()) {
      return;
    }
    long before = disk.operations();
    cursors.write();
    if (disk.operations() != before) {
      throw new IllegalStateException("a move is neither written nor notified");
    }
  }

  @Test
  void writesTheLastMove() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(0)
        .iterations(Interleavings.SCENARIOS)
        .invocationsPerIteration(Interleavings.IN_EACH)
        .check(CursorInterleavingTest.class);
  }
}
