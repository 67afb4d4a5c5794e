package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.file.TwoSlotFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cursor and its file, which the disk may refuse to make, to write or to force: then it is tried
 * again. What only looks may be called by any thread, the rest under the monitor of {@link
 * CursorStore}.
 */
final class KeptCursor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(KeptCursor.class);

  /** Makes the file, durable with its name. */
  interface Maker {
    TwoSlotFile make(CursorState state) throws IOException;
  }

  private final Cursor cursor;
  private final @Nullable Maker maker;
  private @Nullable TwoSlotFile file;
  private CursorState written;
  private CursorState durable;
  private volatile @Nullable String failure;
  private volatile boolean opened;

  /** One whose file says the same as the cursor. */
  KeptCursor(Cursor cursor, TwoSlotFile file) {
    this(cursor, file, null);
  }

  /** One whose file is made with the next {@link #force}. */
  KeptCursor(Cursor cursor, Maker maker) {
    this(cursor, null, maker);
  }

  /** One whose file says the same as the cursor, but perhaps not after a crash. */
  static KeptCursor unforced(Cursor cursor, TwoSlotFile file, IOException cause) {
    KeptCursor kept = new KeptCursor(cursor, file);
    kept.durable = CursorState.startingAfter(0); // holds every segment until a force works
    kept.failed(cause);
    return kept;
  }

  private KeptCursor(Cursor cursor, @Nullable TwoSlotFile file, @Nullable Maker maker) {
    this.cursor = cursor;
    this.file = file;
    this.maker = maker;
    this.written = cursor.state();
    this.durable = written;
  }

  Cursor cursor() {
    return cursor;
  }

  /** Somebody uses it from now on. */
  void opened() {
    opened = true;
  }

  boolean isOpened() {
    return opened;
  }

  /** Where it stands after a crash, at the least. */
  CursorState durable() {
    return durable;
  }

  /** Why its file cannot be written now. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether something waits for a force, or for a write that works. */
  boolean isDirty() {
    TwoSlotFile present = file;
    return present == null || present.isDirty();
  }

  /** Writes it if it moved. */
  void write() {
    CursorState state = cursor.state();
    TwoSlotFile present = file;
    if (present == null || state.equals(written)) {
      return;
    }
    try {
      present.write(CursorFormat.encode(state));
      written = state;
    } catch (IOException e) {
      failed(e);
    }
  }

  /** Forces what was written, and makes the file if there is none. */
  void force() {
    try {
      TwoSlotFile present = file;
      if (present == null && maker != null) {
        CursorState state = cursor.state();
        present = maker.make(state);
        file = present;
        written = state;
      }
      if (present != null) {
        present.force();
      }
      durable = written;
      failure = null;
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    if (failure == null) {
      LOG.error("cursor {} cannot be written and is tried again: {}", cursor.id(), reason);
    }
    failure = reason;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
