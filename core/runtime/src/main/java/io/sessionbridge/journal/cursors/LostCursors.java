package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.CursorState;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cursors that existed but can no longer be read. Their positions are unknown, so they start
 * again at the oldest record. One thread.
 */
final class LostCursors {

  private static final Logger LOG = LoggerFactory.getLogger(LostCursors.class);
  private static final Pattern SET_ASIDE = Pattern.compile("(.+\\.cursor)\\.damaged-\\d+");

  private final Storage storage;
  private final Path folder;

  /** Files without a valid state. */
  private final Map<String, Path> unreadable = new TreeMap<>();

  /** Those files that contain only zeros. */
  private final Set<String> blank = new TreeSet<>();

  /** Ids of files that an earlier start has set aside. */
  private final Set<String> setAside = new TreeSet<>();

  LostCursors(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** Adds a cursor's file without a valid state. */
  void addUnreadable(String id, Path file, boolean isBlank) {
    unreadable.put(id, file);
    if (isBlank) {
      blank.add(id);
    }
  }

  /** Adds a file in the folder that is not a cursor. */
  void addOther(Path file) {
    Matcher matcher = SET_ASIDE.matcher(file.getFileName().toString());
    if (matcher.matches()) {
      CursorName.parse(Path.of(matcher.group(1))).ifPresent(setAside::add);
    }
  }

  /**
   * Determines which cursors are lost and makes the result durable, so that a later crash does not
   * change it.
   *
   * @param intact the cursors that could be read
   * @param holdsRecords whether the journal has any segment
   * @return the ids, each to be recreated after {@link #clear}
   */
  Set<String> find(Set<String> intact, KnownCursors known, boolean holdsRecords) {
    if (known.isEmpty()) {
      initialize(intact, known, holdsRecords);
    }
    Set<String> lost = new TreeSet<>(known.ids());
    lost.addAll(unreadable.keySet());
    for (String id : blank) {
      if (!known.contains(id)) {
        lost.remove(id); // a crash came between creating the file and writing to it
        deleteBlank(folder.resolve(CursorName.of(id)));
      }
    }
    lost.removeAll(intact);
    known.add(lost);
    known.add(intact);
    return lost;
  }

  /** For a journal of an earlier version, a new one, or one that lost all cursors. */
  private void initialize(Set<String> intact, KnownCursors known, boolean holdsRecords) {
    Set<String> once = new TreeSet<>(unreadable.keySet());
    once.addAll(setAside);
    once.removeAll(intact);
    known.add(once);
    if (holdsRecords && intact.isEmpty() && once.isEmpty()) {
      LOG.error(
          "journal: {} has no sink positions; every sink gets all events in the journal again",
          folder);
      known.unknownLost();
    }
  }

  private void deleteBlank(Path file) {
    try {
      storage.delete(file);
    } catch (IOException e) {
      LOG.warn("journal: {} is blank and cannot be deleted: {}", file, e.getMessage());
    }
  }

  /** Sets the file of a lost cursor aside, unless it is missing or that is already done. */
  void clear(String id) throws IOException {
    Path file = unreadable.get(id);
    if (file == null) {
      return;
    }
    for (int n = 1; ; n++) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
      if (!storage.exists(aside)) {
        storage.rename(file, aside); // made durable with the name of the recreated cursor
        unreadable.remove(id); // a file of this name is now the new one, complete or not
        return;
      }
    }
  }

  /** Logs a cursor that starts again. */
  void log(String id, CursorState replacement) {
    String restart =
        id.startsWith(".") // the agent's own
            ? "it starts again with the oldest event in the journal, after"
            : "the sink gets all events in the journal again, those after";
    LOG.error(
        "cursor {}: {}; {} {}; {}",
        id,
        Optional.ofNullable(unreadable.get(id))
            .map(file -> file + " is damaged and is set aside")
            .orElse(folder.resolve(CursorName.of(id)) + " is missing"),
        restart,
        replacement.position(),
        replacement.pendingHole() == null
            ? "nothing is lost"
            : "older ones were deleted, possibly before delivery");
  }
}
