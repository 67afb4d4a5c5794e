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
 * The ids of all cursors that were created and not forgotten, so that a cursor whose file is lost
 * is not mistaken for one that never existed. Each id is an empty file next to the segments: it has
 * no content that could be damaged, and it survives the loss of the cursors' folder. Not
 * thread-safe.
 */
public final class KnownCursors {

  public static final String FOLDER = "known-cursors";

  /** Exists while cursors with unknown ids are lost. No cursor's file has such a name. */
  private static final String UNKNOWN_LOST = "unknown.lost";

  private static final Logger LOG = LoggerFactory.getLogger(KnownCursors.class);

  private final Storage storage;
  private final Path folder;
  private final Set<String> ids = new TreeSet<>();
  private boolean unknownLost;

  /** Whether a crash could lose ids. */
  private boolean unforced;

  /** Reads the ids and changes nothing. */
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

  /** Adds ids. A disk error does not fail the start; the next start retries. */
  void add(Collection<String> more) {
    boolean unused = isAdded(more);
  }

  /** Adds ids; returns whether they are durable. */
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
      LOG.warn("journal: {} cannot be written; the next start retries: {}", folder, reason(e));
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

  /** Removes an id durably. */
  public void remove(String id) throws IOException {
    if (ids.remove(id)) {
      storage.delete(folder.resolve(CursorName.of(id)));
      storage.forceFolder(folder);
    }
  }

  /** Whether cursors with unknown ids are lost. */
  boolean isUnknownLost() {
    return unknownLost;
  }

  /** Records that cursors with unknown ids are lost, until {@link #allFound}. */
  void unknownLost() {
    unknownLost = true;
    try {
      make(UNKNOWN_LOST);
      storage.forceFolder(folder);
    } catch (IOException e) {
      LOG.warn("journal: {} cannot be written: {}", folder.resolve(UNKNOWN_LOST), reason(e));
    }
  }

  /** All needed cursors exist again. */
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
