package io.sessionbridge.journal;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.journal.cursors.CursorStore;
import io.sessionbridge.journal.cursors.KnownCursors;
import io.sessionbridge.journal.file.Epoch;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.read.Recovery;
import io.sessionbridge.journal.retention.Retention;
import io.sessionbridge.journal.write.Outcomes;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a journal: segments, cursors and the eviction floor. Opened in an order in which
 * each part can be validated with the previous ones.
 */
final class JournalFiles {

  private final Path segmentFolder;
  private final Recovery recovery;
  private final Segments segments;
  private final CursorStore cursors;
  private final Retention retention;
  private final long last;

  /**
   * Recovers the state of the last run. Deletes no file that may contain a record.
   *
   * @param folder that contains the folders {@code journal} and {@code cursors}
   * @param epoch of this run
   * @param cursorMoved called when a cursor must be written
   * @param outcomes supplies the durable sequence when a new cursor is opened
   * @throws JournalException if it is of a later version; then nothing was changed
   */
  JournalFiles(
      JournalConfig config,
      Path folder,
      Storage storage,
      Clock clock,
      long epoch,
      Runnable cursorMoved,
      Outcomes outcomes)
      throws IOException {
    this.segmentFolder = folder.resolve("journal");
    storage.createFolders(segmentFolder);
    this.recovery = new Recovery(storage, segmentFolder);
    this.segments = recovery.findSegments();
    recovery.removeUnfinished();
    Segments found = segments;
    this.cursors =
        CursorStore.load(
            storage,
            folder.resolve("cursors"),
            new KnownCursors(storage, segmentFolder),
            cursorMoved,
            () -> found.firstHeldOr(outcomes.durableSequence() + 1),
            outcomes::durableSequence);
    this.retention = new Retention(config, storage, segmentFolder, clock, segments, cursors);
    long proven = Math.max(cursors.highest(), retention.evictedUpTo());
    this.last = Math.max(proven, recovery.lastSequence(segments, proven));
    if (!config.keepsRead()) { // otherwise it has no cursors
      long micros = Rfc3339.toMicros(clock.now());
      cursors.restoreLost(segments.count() > 0, replacementState(Epoch.text(epoch), micros));
    }
  }

  /** The initial state of a cursor that replaces a lost one. */
  private CursorState replacementState(String epoch, long micros) {
    long oldest = segments.firstHeldOr(last + 1);
    Hole pendingHole = null;
    if (retention.mayHaveEvictedBefore(oldest)) {
      String reason = CursorState.CURSOR_DAMAGED;
      pendingHole = new Hole(epoch, 1, oldest - 1, Hole.UNKNOWN_COUNT, reason, micros);
    }
    return CursorState.startingAfter(oldest - 1, pendingHole);
  }

  Path segmentFolder() {
    return segmentFolder;
  }

  Segments segments() {
    return segments;
  }

  CursorStore cursors() {
    return cursors;
  }

  Retention retention() {
    return retention;
  }

  /** The last sequence that was durable when the journal was opened. */
  long last() {
    return last;
  }

  /** When the oldest segment was created, microseconds since 1970; 0 if unknown. */
  long oldestMicros() {
    @Nullable Segment oldest = segments.oldest();
    return oldest == null ? 0 : oldest.header().createdMicros();
  }

  /** Files that are not part of the journal, or are duplicates. */
  List<String> foreignFiles() {
    return recovery.foreignFiles();
  }

  /** Names of files with an interrupted first write, of this start and of earlier ones. */
  List<String> setAside() {
    return recovery.setAside();
  }

  void close() throws IOException {
    cursors.close();
    retention.close();
  }
}
