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
 * All cursors of a journal, with their files. Each one that was ever made holds its segments,
 * whether anybody still uses it or not, until {@link #forget}. One whose file is damaged or gone
 * stands again, durable, at the oldest record held, before anything can be deleted.
 *
 * <p>What changes or writes files has the monitor; what only looks never waits, because a disk may
 * not answer for minutes.
 */
public final class CursorStore implements Cursors {

  private static final Logger LOG = LoggerFactory.getLogger(CursorStore.class);

  private final Storage storage;
  private final Path folder;
  private final Runnable moved;
  private final LongSupplier oldest;
  private final LongSupplier newest;
  private final Map<String, KeptCursor> kept = new ConcurrentSkipListMap<>();
  private final KnownCursors known;
  private final LostCursors lost;
  private final AtomicBoolean changed = new AtomicBoolean();

  /** Where a cursor begins again that is lost; set once the journal's ends are known. */
  private CursorState anew = CursorState.startingAfter(0);

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
   * Reads what is on disk and changes nothing.
   *
   * @param known the ids of all that were made and not forgotten
   * @param moved is told when there is something to write
   * @param oldest the first sequence still held
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
        cursors.lost.other(file);
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
      lost.unreadable(id, file, false);
      return;
    }
    Optional<CursorState> state = CursorFormat.read(opened.value());
    if (state.isEmpty()) {
      opened.file().close();
      lost.unreadable(id, file, opened.blank());
      return;
    }
    Cursor cursor = new Cursor(id, state.get(), moved);
    IOException unforced = opened.unforced();
    kept.put(
        id,
        unforced == null
            ? new KeptCursor(cursor, opened.file())
            : KeptCursor.unforced(cursor, opened.file(), unforced));
  }

  /**
   * Makes cursors anew that are damaged or gone. A disk that refuses stops no start: such a cursor
   * stands in memory and holds its segments, and its file is tried again.
   *
   * @param holdsRecords whether the journal has any segment
   * @param beginning where they begin
   */
  public synchronized void restoreLost(boolean holdsRecords, CursorState beginning) {
    anew = beginning;
    for (String id : lost.find(kept.keySet(), known, holdsRecords)) {
      lost.tell(id, beginning);
      KeptCursor made =
          new KeptCursor(
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
    KeptCursor found = kept.get(id);
    if (found == null) {
      found =
          new KeptCursor(new Cursor(id, stateOfNew(start), moved), state -> makeFirst(id, state));
      kept.put(id, found);
      found.force();
    }
    found.opened();
    return found.cursor();
  }

  private CursorState stateOfNew(Start start) {
    if (known.isUnknownLost()) {
      return anew;
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
    known.add(List.of(id)); // behind its file: what is known without a file counts as lost
    return file;
  }

  /**
   * What is appended until its file can be made is for this cursor. If a crash comes first, it
   * shall count as lost, and get some records again, and not be taken for one that never was.
   */
  private IOException knownWithoutFile(String id, IOException cause) {
    return known.isAdded(List.of(id))
        ? cause
        : new IOException(
            cause.getMessage() + "; a start before that works does not know this cursor", cause);
  }

  private TwoSlotFile makeFile(String id, CursorState state) throws IOException {
    return TwoSlotFile.create(storage, folder, CursorName.of(id), CursorFormat.encode(state));
  }

  /** All cursors stand that somebody needs: whoever comes later is new. */
  public synchronized void complete() {
    known.allFound();
  }

  @Override
  public Optional<Cursor> find(String id) {
    return Optional.ofNullable(kept.get(id)).map(KeptCursor::cursor);
  }

  @Override
  public List<Cursor> all() {
    return kept.values().stream().map(KeptCursor::cursor).toList();
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
    KeptCursor found = kept.get(id);
    if (found != null) {
      known.remove(id); // first: what is known without a file counts as lost
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

  /** The lowest position of those that somebody opened since the start; null if nobody did. */
  public @Nullable Long lowestUsed() {
    return kept.values().stream()
        .filter(KeptCursor::isOpened)
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
   * Writes what moved; by the journal's thread. One that cannot be written holds no other back: it
   * stays {@link #isDirty}, and holds its segments.
   */
  public synchronized void write() {
    changed.set(false);
    kept.values().forEach(KeptCursor::write);
  }

  /** Whether something waits for a force, or for a write that works. */
  public synchronized boolean isDirty() {
    return kept.values().stream().anyMatch(KeptCursor::isDirty);
  }

  /**
   * Makes what was written durable; by the journal's thread. One that cannot be forced holds no
   * other back.
   *
   * @return the lowest durable position; null if there are no cursors
   */
  public synchronized @Nullable Long force() {
    kept.values().forEach(KeptCursor::force);
    return kept.values().stream()
        .map(one -> one.durable().position())
        .min(Long::compare)
        .orElse(null);
  }

  /** CursorStore whose files cannot be written now, with the reason. Any thread. */
  public List<String> unwritable() {
    List<String> all = new ArrayList<>();
    for (KeptCursor one : kept.values()) {
      one.failure().ifPresent(reason -> all.add(one.cursor().id() + ": " + reason));
    }
    return all;
  }

  public synchronized void close() {
    for (KeptCursor one : kept.values()) {
      try {
        one.close();
      } catch (IOException e) {
        LOG.debug("cursor {} could not be closed cleanly", one.cursor().id(), e);
      }
    }
  }
}
