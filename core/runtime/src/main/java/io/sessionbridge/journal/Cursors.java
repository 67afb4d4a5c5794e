package io.sessionbridge.journal;

import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All cursors of a journal. Each one on disk holds its segments, whether anybody still uses it or
 * not, until {@link #forget}.
 */
public final class Cursors {

  private static final Logger LOG = LoggerFactory.getLogger(Cursors.class);

  private static final class Kept {
    private final Cursor cursor;
    private final TwoSlotFile file;
    private CursorState written;
    private boolean opened;

    Kept(Cursor cursor, TwoSlotFile file) {
      this.cursor = cursor;
      this.file = file;
      this.written = cursor.state();
    }
  }

  private final Storage storage;
  private final Path folder;
  private final Runnable moved;
  private final LongSupplier oldest;
  private final LongSupplier newest;
  private final Map<String, Kept> kept = new TreeMap<>();
  private final List<String> damaged = new ArrayList<>();
  private final AtomicBoolean changed = new AtomicBoolean();

  private Cursors(
      Storage storage, Path folder, Runnable moved, LongSupplier oldest, LongSupplier newest) {
    this.storage = storage;
    this.folder = folder;
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
   * Reads what is on disk.
   *
   * @param moved is told when there is something to write
   * @param oldest the first sequence still held
   * @param newest the last sequence that a reader may have seen
   */
  static Cursors load(
      Storage storage, Path folder, Runnable moved, LongSupplier oldest, LongSupplier newest)
      throws IOException {
    Cursors cursors = new Cursors(storage, folder, moved, oldest, newest);
    storage.createFolders(folder);
    for (Path file : storage.list(folder)) {
      Optional<String> id = CursorName.parse(file);
      if (id.isPresent()) {
        cursors.loadOne(id.get(), file);
      }
    }
    return cursors;
  }

  private void loadOne(String id, Path file) throws IOException {
    TwoSlotFile.Opened opened = TwoSlotFile.open(storage, file);
    byte[] value = opened.value();
    if (value == null) {
      opened.file().close();
      if (opened.blank()) {
        storage.delete(file);
      } else {
        setAside(id, file);
      }
      return;
    }
    kept.put(id, new Kept(new Cursor(id, CursorState.decode(value), moved), opened.file()));
  }

  /** A cursor that nobody can read must not silently begin anew: its owner starts at the oldest. */
  private void setAside(String id, Path file) throws IOException {
    for (int n = 1; ; n++) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
      if (!storage.exists(aside)) {
        storage.rename(file, aside);
        storage.forceFolder(folder);
        break;
      }
    }
    damaged.add(id);
    LOG.error("cursor {} is damaged and set aside; it starts again at the oldest record held", id);
  }

  /** Opens a cursor, or makes it where it does not exist yet. */
  public synchronized Cursor open(String id, Start start) throws IOException {
    Kept found = kept.get(id);
    if (found == null) {
      boolean fromOldest = start == Start.OLDEST || damaged.contains(id);
      long position = fromOldest ? oldest.getAsLong() - 1 : newest.getAsLong();
      CursorState state = CursorState.startingAfter(position);
      found =
          new Kept(
              new Cursor(id, state, moved),
              TwoSlotFile.create(storage, folder, CursorName.of(id), state.encode()));
      kept.put(id, found);
    }
    found.opened = true;
    return found.cursor;
  }

  public synchronized Optional<Cursor> find(String id) {
    return Optional.ofNullable(kept.get(id)).map(found -> found.cursor);
  }

  /** All cursors by id. */
  public synchronized List<Cursor> all() {
    return kept.values().stream().map(found -> found.cursor).toList();
  }

  /** Cursors on disk that nobody opened since the start: what they hold stays for nobody. */
  public synchronized List<String> unused() {
    return kept.entrySet().stream()
        .filter(entry -> !entry.getValue().opened)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Gives up a cursor for good, and with it what only it held. */
  public synchronized void forget(String id) throws IOException {
    Kept found = kept.remove(id);
    if (found != null) {
      found.file.close();
      storage.delete(folder.resolve(CursorName.of(id)));
      storage.forceFolder(folder);
      moved.run();
    }
  }

  /** The lowest position of all; null if there are none. */
  synchronized @Nullable Long lowest() {
    return kept.values().stream()
        .map(found -> found.cursor.state().position())
        .min(Long::compare)
        .orElse(null);
  }

  /** The lowest position of those that somebody opened since the start; null if nobody did. */
  synchronized @Nullable Long lowestUsed() {
    return kept.values().stream()
        .filter(found -> found.opened)
        .map(found -> found.cursor.state().position())
        .min(Long::compare)
        .orElse(null);
  }

  synchronized long highest() {
    return kept.values().stream()
        .mapToLong(found -> found.cursor.state().position())
        .max()
        .orElse(0);
  }

  /**
   * Writes what moved; by the journal's thread.
   *
   * @return true if something waits for a force
   */
  synchronized boolean write() throws IOException {
    changed.set(false);
    boolean dirty = false;
    for (Kept one : kept.values()) {
      CursorState state = one.cursor.state();
      if (!state.equals(one.written)) {
        one.file.write(state.encode());
        one.written = state;
      }
      dirty |= one.file.isDirty();
    }
    return dirty;
  }

  /**
   * Makes what was written durable; by the journal's thread.
   *
   * @return the lowest durable position; null if there are no cursors
   */
  synchronized @Nullable Long force() throws IOException {
    Long lowest = null;
    for (Kept one : kept.values()) {
      one.file.force();
      long position = one.written.position();
      lowest = lowest == null ? position : Math.min(lowest, position);
    }
    return lowest;
  }

  synchronized void close() throws IOException {
    for (Kept one : kept.values()) {
      one.file.close();
    }
  }
}
