package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.Cursor;
import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.Cursors;
import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.Start;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All cursors of a journal, with their files. Each cursor keeps its segments, used or not, until
 * {@link #forget}. A cursor whose file is damaged or missing is recreated durably at the oldest
 * record, before anything can be deleted.
 *
 * <p>Methods that change or write files hold the monitor. Read-only methods never wait, because a
 * disk may not answer for minutes.
 */
public final class CursorStore implements Cursors {

  private static final Logger LOG = LoggerFactory.getLogger(CursorStore.class);

  private final Storage storage;
  private final Path folder;
  private final Runnable moved;
  private final LongSupplier oldest;
  private final LongSupplier newest;
  private final Map<String, StoredCursor> kept = new ConcurrentSkipListMap<>();
  private final KnownCursors known;
  private final LostCursors lost;
  private final AtomicBoolean changed = new AtomicBoolean();

  /** The state for cursors that replace lost ones; set once the journal's ends are known. */
  private CursorState replacement = CursorState.startingAfter(0);

  private CursorStore(
      Storage storage,
      Path folder,
      KnownCursors known,
      Runnable moved,
      LongSupplier oldest,
      LongSupplier newest) {
    this.storage = storage;
    this.folder = folder;
    this.known = known;
    this.lost = new LostCursors(storage, folder);
    this.oldest = oldest;
    this.newest = newest;
    this.moved =
        () -> {
          if (changed.compareAndSet(false, true)) {
            moved.run();
          }
        };
  }

  /**
   * Loads the cursors from disk and changes nothing.
   *
   * @param known the ids of all cursors that were created and not forgotten
   * @param moved called when a cursor must be written
   * @param oldest the first sequence still in the journal
   * @param newest the last sequence that a reader may have seen
   */
  public static CursorStore load(
      Storage storage,
      Path folder,
      KnownCursors known,
      Runnable moved,
      LongSupplier oldest,
      LongSupplier newest)
      throws IOException {
    CursorStore cursors = new CursorStore(storage, folder, known, moved, oldest, newest);
    storage.createFolders(folder);
    for (Path file : storage.list(folder)) {
      Optional<String> id = CursorName.parse(file);
      if (id.isPresent()) {
        cursors.loadOne(id.get(), file);
      } else {
        cursors.lost.addOther(file);
      }
    }
    return cursors;
  }

  private void loadOne(String id, Path file) throws IOException {
    TwoSlotFile.Opened opened;
    try {
      opened = TwoSlotFile.open(storage, file);
    } catch (JournalException | ClosedChannelException e) {
      throw e; // of a later version, or an interrupt
    } catch (IOException e) {
      LOG.error("cursor {}: {} cannot be opened: {}", id, file, e.getMessage());
      lost.addUnreadable(id, file, false);
      return;
    }
    Optional<CursorState> state = CursorFormat.read(opened.value());
    if (state.isEmpty()) {
      opened.file().close();
      lost.addUnreadable(id, file, opened.blank());
      return;
    }
    Cursor cursor = new Cursor(id, state.get(), moved);
    IOException unforced = opened.unforced();
    kept.put(
        id,
        unforced == null
            ? new StoredCursor(cursor, opened.file())
            : StoredCursor.unforced(cursor, opened.file(), unforced));
  }

  /**
   * Recreates cursors that are damaged or missing. A disk error does not fail the start: the cursor
   * then exists in memory and keeps its segments, and the write of its file is retried.
   *
   * @param holdsRecords whether the journal has any segment
   * @param beginning the state of recreated cursors
   */
  public synchronized void restoreLost(boolean holdsRecords, CursorState beginning) {
    replacement = beginning;
    for (String id : lost.find(kept.keySet(), known, holdsRecords)) {
      lost.log(id, beginning);
      StoredCursor made =
          new StoredCursor(
              new Cursor(id, beginning, moved),
              state -> {
                lost.clear(id);
                return makeFile(id, state);
              });
      kept.put(id, made);
      made.force();
    }
  }

  @Override
  public synchronized Cursor open(String id, Start start) {
    StoredCursor found = kept.get(id);
    if (found == null) {
      found =
          new StoredCursor(new Cursor(id, stateOfNew(start), moved), state -> makeFirst(id, state));
      kept.put(id, found);
      found.force();
    }
    found.opened();
    return found.cursor();
  }

  private CursorState stateOfNew(Start start) {
    if (known.isUnknownLost()) {
      return replacement;
    }
    return CursorState.startingAfter(
        start == Start.OLDEST ? oldest.getAsLong() - 1 : newest.getAsLong());
  }

  private TwoSlotFile makeFirst(String id, CursorState state) throws IOException {
    TwoSlotFile file;
    try {
      file = makeFile(id, state);
    } catch (IOException e) {
      throw knownWithoutFile(id, e);
    }
    known.add(List.of(id)); // after its file, because a known cursor without a file counts as lost
    return file;
  }

  /**
   * Registers the id of a cursor whose file cannot be written yet. If a crash comes first, the
   * cursor counts as lost and rereads some records; otherwise it would count as new and skip them.
   */
  private IOException knownWithoutFile(String id, IOException cause) {
    return known.isAdded(List.of(id))
        ? cause
        : new IOException(
            cause.getMessage()
                + "; if the agent restarts before this is fixed, the cursor is unknown",
            cause);
  }

  private TwoSlotFile makeFile(String id, CursorState state) throws IOException {
    return TwoSlotFile.create(storage, folder, CursorName.of(id), CursorFormat.encode(state));
  }

  /** All needed cursors exist now; a cursor opened later is new. */
  public synchronized void complete() {
    known.allFound();
  }

  @Override
  public Optional<Cursor> find(String id) {
    return Optional.ofNullable(kept.get(id)).map(StoredCursor::cursor);
  }

  @Override
  public List<Cursor> all() {
    return kept.values().stream().map(StoredCursor::cursor).toList();
  }

  @Override
  public List<String> unused() {
    return kept.entrySet().stream()
        .filter(entry -> !entry.getValue().isOpened())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public synchronized void forget(String id) throws IOException {
    StoredCursor found = kept.get(id);
    if (found != null) {
      known.remove(id); // first, because a known cursor without a file counts as lost
      kept.remove(id);
      found.close();
      storage.delete(folder.resolve(CursorName.of(id)));
      storage.forceFolder(folder);
      moved.run();
    }
  }

  /** The lowest position of all; null if there are none. */
  public @Nullable Long lowest() {
    return kept.values().stream()
        .map(found -> found.cursor().state().position())
        .min(Long::compare)
        .orElse(null);
  }

  /** The lowest position of cursors opened since the start; null if there are none. */
  public @Nullable Long lowestUsed() {
    return kept.values().stream()
        .filter(StoredCursor::isOpened)
        .map(found -> found.cursor().state().position())
        .min(Long::compare)
        .orElse(null);
  }

  public long highest() {
    return kept.values().stream()
        .mapToLong(found -> found.cursor().state().position())
        .max()
        .orElse(0);
  }

  /**
   * Writes the cursors that moved; on the journal's thread. A cursor that cannot be written does
   * not affect others: it stays {@link #isDirty} and keeps its segments.
   */
  public synchronized void write() {
    changed.set(false);
    kept.values().forEach(StoredCursor::write);
  }

  /** Whether any cursor is not durable yet. */
  public synchronized boolean isDirty() {
    return kept.values().stream().anyMatch(StoredCursor::isDirty);
  }

  /**
   * Makes the written cursors durable; on the journal's thread. A cursor that cannot be forced does
   * not affect others.
   *
   * @return the lowest durable position; null if there are no cursors
   */
  public synchronized @Nullable Long force() {
    kept.values().forEach(StoredCursor::force);
    return kept.values().stream()
        .map(one -> one.durable().position())
        .min(Long::compare)
        .orElse(null);
  }

  /** Cursors whose files cannot be written now, with the reason. Thread-safe. */
  public List<String> unwritable() {
    List<String> all = new ArrayList<>();
    for (StoredCursor one : kept.values()) {
      one.failure().ifPresent(reason -> all.add(one.cursor().id() + ": " + reason));
    }
    return all;
  }

  public synchronized void close() {
    for (StoredCursor one : kept.values()) {
      try {
        one.close();
      } catch (IOException e) {
        LOG.debug("cursor {} could not be closed cleanly", one.cursor().id(), e);
      }
    }
  }
}
