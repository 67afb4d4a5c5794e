package io.sessionbridge.journal.cursors;

import io.sessionbridge.journal.CursorState;
import io.sessionbridge.journal.JournalRecord.Hole;
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
 * The cursors that existed and cannot be read any more. Where such a cursor stood is unknown, so it
 * begins again at the oldest record that is held. One thread.
 */
final class LostCursors {

  private static final Logger LOG = LoggerFactory.getLogger(LostCursors.class);
  private static final Pattern SET_ASIDE = Pattern.compile("(.+\\.cursor)\\.damaged-\\d+");

  private final Storage storage;
  private final Path folder;

  /** Files that hold no valid state. */
  private final Map<String, Path> unreadable = new TreeMap<>();

  /** Those of them that hold nothing but zeros. */
  private final Set<String> blank = new TreeSet<>();

  /** Ids of files that an earlier start has set aside. */
  private final Set<String> setAside = new TreeSet<>();

  LostCursors(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** Takes note of a cursor's file without a valid state. */
  void unreadable(String id, Path file, boolean isBlank) {
    unreadable.put(id, file);
    if (isBlank) {
      blank.add(id);
    }
  }

  /** Takes note of a file in the folder that is no cursor. */
  void other(Path file) {
    Matcher matcher = SET_ASIDE.matcher(file.getFileName().toString());
    if (matcher.matches()) {
      CursorName.parse(Path.of(matcher.group(1))).ifPresent(setAside::add);
    }
  }

  /**
   * Decides which cursors are lost, and makes that knowledge durable: a crash at any point behind
   * it leads to the same result at the next start.
   *
   * @param intact the cursors that could be read
   * @param holdsRecords whether the journal has any segment
   * @return the ids, each to be made again where {@link #clear} has made room
   */
  Set<String> find(Set<String> intact, KnownCursors known, boolean holdsRecords) {
    if (known.isEmpty()) {
      startKnowing(intact, known, holdsRecords);
    }
    Set<String> lost = new TreeSet<>(known.ids());
    lost.addAll(unreadable.keySet());
    for (String id : blank) {
      if (!known.contains(id)) {
        lost.remove(id); // a crash came between making the file and filling it
        deleteBlank(folder.resolve(CursorName.of(id)));
      }
    }
    lost.removeAll(intact);
    known.add(lost);
    known.add(intact);
    return lost;
  }

  /** A journal of an earlier version, or a new one, or one of which all cursors are gone. */
  private void startKnowing(Set<String> intact, KnownCursors known, boolean holdsRecords) {
    Set<String> once = new TreeSet<>(unreadable.keySet());
    once.addAll(setAside);
    once.removeAll(intact);
    known.add(once);
    if (holdsRecords && intact.isEmpty() && once.isEmpty()) {
      LOG.error(
          "journal: {} contains no cursor although there are records: every sink starts again"
              + " at the"
              + " oldest record held",
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

  /** Sets the file of a lost cursor aside, if it has one and that did not work yet. */
  void clear(String id) throws IOException {
    Path file = unreadable.get(id);
    if (file == null) {
      return;
    }
    for (int n = 1; ; n++) {
      Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
      if (!storage.exists(aside)) {
        storage.rename(file, aside); // durable with the name of the cursor that is made next
        unreadable.remove(id); // what stands in its place later is the new one, whole or not
        return;
      }
    }
  }

  /** Tells the log of a cursor that begins again. */
  void tell(String id, CursorState anew) {
    Hole owed = anew.owed();
    LOG.error(
        "cursor {}: {}; it starts again after record {}, {}",
        id,
        Optional.ofNullable(unreadable.get(id))
            .map(file -> file + " is damaged and is set aside")
            .orElse(folder.resolve(CursorName.of(id)) + " is missing"),
        anew.position(),
        owed == null
            ? "the oldest in the journal; nothing is lost"
            : "the oldest in the journal; older ones were evicted, and it may not have had them");
  }
}
