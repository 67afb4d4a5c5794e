package io.sessionbridge.journal.cursors;

import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ids of all cursors that were made and not forgotten, so that a cursor whose file is lost is
 * not taken for one that never existed. Each id is an empty file beside the segments: its name is
 * all there is, so nothing in it can be damaged, and a lost folder of cursors does not take it
 * along. Not safe for use by several threads.
 */
public final class KnownCursors {

  public static final String FOLDER = "known-cursors";

  /** Is there while cursors are lost whose ids nobody knows. No cursor's file has such a name. */
  private static final String UNKNOWN_LOST = "unknown.lost";

  private static final Logger LOG = LoggerFactory.getLogger(KnownCursors.class);

  private final Storage storage;
  private final Path folder;
  private final Set<String> ids = new TreeSet<>();
  private boolean unknownLost;

  /** Whether ids may be gone after a crash. */
  private boolean unforced;

  /** Reads what is there and changes nothing. */
  public KnownCursors(Storage storage, Path segmentFolder) throws IOException {
    this.storage = storage;
    this.folder = segmentFolder.resolve(FOLDER);
    for (Path file : storage.list(folder)) {
      CursorName.parse(file).ifPresent(ids::add);
      unknownLost |= file.getFileName().toString().equals(UNKNOWN_LOST);
    }
  }

  boolean isEmpty() {
    return ids.isEmpty();
  }

  boolean contains(String id) {
    return ids.contains(id);
  }

  public Set<String> ids() {
    return Set.copyOf(ids);
  }

  /** Adds ids. A disk that refuses does not stop a start: the next one tries again. */
  void add(Collection<String> more) {
    boolean unused = isAdded(more);
  }

  /** Adds ids, and says whether they are durable. */
  boolean isAdded(Collection<String> more) {
    try {
      for (String id : more) {
        if (!ids.contains(id)) {
          make(CursorName.of(id));
          ids.add(id);
          unforced = true;
        }
      }
      if (unforced) {
        storage.forceFolder(folder);
        unforced = false;
      }
      return true;
    } catch (IOException e) {
      LOG.warn("journal: {} cannot be written, the next start tries again: {}", folder, reason(e));
      return false;
    }
  }

  private void make(String name) throws IOException {
    storage.createFolders(folder);
    if (!storage.exists(folder.resolve(name))) {
      storage.create(folder.resolve(name)).close();
    }
  }

  private static String reason(IOException e) {
    return Optional.ofNullable(e.getMessage()).orElse(e.toString());
  }

  /** Removes an id, durable when this returns. */
  public void remove(String id) throws IOException {
    if (ids.remove(id)) {
      storage.delete(folder.resolve(CursorName.of(id)));
      storage.forceFolder(folder);
    }
  }

  /** Whether cursors are lost whose ids nobody knows. */
  boolean isUnknownLost() {
    return unknownLost;
  }

  /** Remembers that cursors are lost whose ids nobody knows, until {@link #allFound}. */
  void unknownLost() {
    unknownLost = true;
    try {
      make(UNKNOWN_LOST);
      storage.forceFolder(folder);
    } catch (IOException e) {
      LOG.warn("journal: {} cannot be written: {}", folder.resolve(UNKNOWN_LOST), reason(e));
    }
  }

  /** All cursors that somebody needs stand again. */
  void allFound() {
    if (!unknownLost) {
      return;
    }
    unknownLost = false;
    try {
      storage.delete(folder.resolve(UNKNOWN_LOST));
      storage.forceFolder(folder);
    } catch (IOException e) {
      LOG.warn("journal: {} cannot be deleted: {}", folder.resolve(UNKNOWN_LOST), reason(e));
    }
  }
}
