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
 * A cursor and its file. Failed creations, writes and forces of the file are retried. Read-only
 * methods are thread-safe; all others require the monitor of {@link CursorStore}.
 */
final class StoredCursor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoredCursor.class);

  /** Creates the file, durable with its name. */
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

  /** A cursor whose file is current and durable. */
  StoredCursor(Cursor cursor, TwoSlotFile file) {
    this(cursor, file, null);
  }

  /** A cursor whose file is created by the next {@link #force}. */
  StoredCursor(Cursor cursor, Maker maker) {
    this(cursor, null, maker);
  }

  /** A cursor whose file is current but may not survive a crash. */
  static StoredCursor unforced(Cursor cursor, TwoSlotFile file, IOException cause) {
    StoredCursor stored = new StoredCursor(cursor, file);
    stored.durable = CursorState.startingAfter(0); // keeps every segment until a force succeeds
    stored.failed(cause);
    return stored;
  }

  private StoredCursor(Cursor cursor, @Nullable TwoSlotFile file, @Nullable Maker maker) {
    this.cursor = cursor;
    this.file = file;
    this.maker = maker;
    this.written = cursor.state();
    this.durable = written;
  }

  Cursor cursor() {
    return cursor;
  }

  /** Marks the cursor as in use. */
  void opened() {
    opened = true;
  }

  boolean isOpened() {
    return opened;
  }

  /** The state that survives a crash. */
  CursorState durable() {
    return durable;
  }

  /** Why its file cannot be written now. */
  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** Whether the file is not durable yet. */
  boolean isDirty() {
    TwoSlotFile present = file;
    return present == null || present.isDirty();
  }

  /** Writes the cursor if it moved. */
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

  /** Forces the file, and creates it if it does not exist. */
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
      LOG.error("cursor {} cannot be written; retrying: {}", cursor.id(), reason);
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
