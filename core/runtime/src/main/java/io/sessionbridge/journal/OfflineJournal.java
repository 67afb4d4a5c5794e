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
 * A journal on disk in which no agent works: the caller holds the {@link FolderLock}. Whoever only
 * looks at numbers can do without: the agent then may change them at any moment. Changes nothing
 * but by {@link #forget}. One thread.
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
   * Looks what is there.
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

  /** Empty for a file that says nothing, or that cannot be opened. */
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
        return TailScan.mostIn(segment, proven);
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

  /** All cursors, by id; empty for one that is damaged or gone. */
  public Map<String, Optional<CursorState>> cursors() {
    return cursors;
  }

  /** How many segments there are. */
  public int segmentCount() {
    return segments.count();
  }

  /** Their sizes together. */
  public long bytes() {
    return segments.bytes();
  }

  /** The first sequence still held; one more than the last if nothing is. */
  public long firstSequence() {
    Segment oldest = segments.oldest();
    return oldest == null ? last + 1 : oldest.first();
  }

  /** The last sequence that is whole. */
  public long lastSequence() {
    return last;
  }

  /** How many records a cursor has before it: all that are held, if nobody knows where it is. */
  public long waitingFor(String id) {
    Segment oldest = segments.oldest();
    long held = oldest == null ? last : oldest.first() - 1;
    long position =
        cursors.getOrDefault(id, Optional.empty()).map(CursorState::position).orElse(0L);
    return Math.max(0, last - Math.max(held, position));
  }

  /** A reader of everything that is held. Close it when done. */
  public JournalReader reader() {
    Segment oldest = segments.oldest();
    return new JournalReader(new Source(), oldest == null ? last : oldest.first() - 1, null);
  }

  /** A reader of what a cursor has before it: of everything, if that is damaged or gone. */
  public JournalReader readerFrom(String id) {
    return cursors
        .getOrDefault(id, Optional.empty())
        .map(state -> new JournalReader(new Source(), state.position(), state.owed()))
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
      // it is in what is read
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
   * Gives up a cursor for good: nothing is held for it any more, and a sink of its name is new.
   *
   * @return how many records it had before it
   */
  public long forget(String id) throws IOException {
    long waiting = waitingFor(id);
    known.remove(id); // first: what is known without a file counts as lost
    storage.delete(cursorFile(id));
    storage.forceFolder(cursorFolder);
    cursors.remove(id);
    return waiting;
  }
}
