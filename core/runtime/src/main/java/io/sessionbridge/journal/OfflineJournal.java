package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.journal.cursors.CursorFormat;
import io.sessionbridge.journal.cursors.CursorName;
import io.sessionbridge.journal.cursors.KnownCursors;
import io.sessionbridge.journal.file.EvictionFloor;
import io.sessionbridge.journal.file.OpenFailure;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.file.TwoSlotFile;
import io.sessionbridge.journal.read.Recovery;
import io.sessionbridge.journal.read.SegmentCursor;
import io.sessionbridge.journal.read.TailScan;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A journal on disk that no agent uses: the caller holds the {@link FolderLock}. The lock is not
 * needed to read counts, which a running agent may then change at any moment. Only {@link #forget}
 * changes the journal. One thread.
 */
public final class OfflineJournal {

  private final Storage storage;
  private final Path segmentFolder;
  private final Path cursorFolder;
  private final Segments segments;
  private final KnownCursors known;
  private final Map<String, Optional<CursorState>> cursors = new TreeMap<>();
  private final long last;

  /**
   * Reads the segments and cursors.
   *
   * @param folder the data directory
   * @throws JournalException if the journal is of a later version
   */
  public OfflineJournal(Storage storage, Path folder) throws IOException {
    this.storage = storage;
    this.segmentFolder = folder.resolve("journal");
    this.cursorFolder = folder.resolve("cursors");
    this.segments = new Recovery(storage, segmentFolder).findSegments();
    this.known = new KnownCursors(storage, segmentFolder);
    for (String id : known.ids()) {
      cursors.put(id, Optional.empty());
    }
    for (Path file : storage.list(cursorFolder)) {
      Optional<String> id = CursorName.parse(file);
      if (id.isPresent()) {
        cursors.put(id.get(), read(file));
      }
    }
    this.last = findLast();
  }

  /** Empty for a file without a valid state or that cannot be opened. */
  private Optional<CursorState> read(Path file) throws IOException {
    try {
      return CursorFormat.read(TwoSlotFile.peek(storage, file));
    } catch (JournalException | ClosedChannelException e) {
      throw e; // of a later version, or an interrupt
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private long findLast() throws IOException {
    long proven =
        cursors.values().stream()
            .flatMap(Optional::stream)
            .mapToLong(CursorState::position)
            .max()
            .orElse(0);
    TreeSet<Long> newestFirst = new TreeSet<>();
    segments.all().forEach(segment -> newestFirst.add(segment.first()));
    for (long first : newestFirst.descendingSet()) {
      Segment segment = segments.holding(first);
      if (segment == null) {
        continue;
      }
      try (SegmentCursor cursor = new SegmentCursor(storage, segment)) {
        long found = TailScan.lastSequence(cursor, first, proven);
        if (found >= first) {
          return found;
        }
      } catch (IOException e) {
        if (!OpenFailure.isDamage(e)) {
          throw e;
        }
        return TailScan.maxSequenceIn(segment, proven);
      }
    }
    return proven;
  }

  /** Where the segments are. */
  Path segmentFolder() {
    return segmentFolder;
  }

  Segments segments() {
    return segments;
  }

  Storage storage() {
    return storage;
  }

  Path cursorFile(String id) {
    return cursorFolder.resolve(CursorName.of(id));
  }

  /** All cursors, by id; empty for one that is damaged or missing. */
  public Map<String, Optional<CursorState>> cursors() {
    return cursors;
  }

  /** How many segments there are. */
  public int segmentCount() {
    return segments.count();
  }

  /** The total size of the segments. */
  public long bytes() {
    return segments.bytes();
  }

  /** The first sequence still in the journal; the last plus one if it is empty. */
  public long firstSequence() {
    Segment oldest = segments.oldest();
    return oldest == null ? last + 1 : oldest.first();
  }

  /** The last complete sequence. */
  public long lastSequence() {
    return last;
  }

  /** The number of records after a cursor; all records if its position is unknown. */
  public long pendingFor(String id) {
    Segment oldest = segments.oldest();
    long held = oldest == null ? last : oldest.first() - 1;
    long position =
        cursors.getOrDefault(id, Optional.empty()).map(CursorState::position).orElse(0L);
    return Math.max(0, last - Math.max(held, position));
  }

  /** A reader of the whole journal. The caller closes it. */
  public JournalReader reader() {
    Segment oldest = segments.oldest();
    return new JournalReader(new Source(), oldest == null ? last : oldest.first() - 1, null);
  }

  /** A reader of the records after a cursor; of the whole journal if it is damaged or missing. */
  public JournalReader readerFrom(String id) {
    return cursors
        .getOrDefault(id, Optional.empty())
        .map(state -> new JournalReader(new Source(), state.position(), state.pendingHole()))
        .orElseGet(this::reader);
  }

  private final class Source implements JournalReader.Source {
    private final long floor = readFloor();

    @Override
    public long durable() {
      return last;
    }

    @Override
    public Segments segments() {
      return segments;
    }

    @Override
    public long evictedUpTo() {
      return floor;
    }

    @Override
    public Storage storage() {
      return storage;
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void damaged(Hole hole) {
      // the reader returns it as a hole
    }
  }

  private long readFloor() {
    try {
      return EvictionFloor.in(TwoSlotFile.peek(storage, segmentFolder.resolve(EvictionFloor.FILE)));
    } catch (IOException missing) {
      return 0;
    }
  }

  /**
   * Deletes a cursor: no segments are kept for it, and a sink of its name starts as a new one.
   *
   * @return the number of records that were pending for it
   */
  public long forget(String id) throws IOException {
    long pending = pendingFor(id);
    known.remove(id); // first, because a known cursor without a file counts as lost
    storage.delete(cursorFile(id));
    storage.forceFolder(cursorFolder);
    cursors.remove(id);
    return pending;
  }
}
