package io.sessionbridge.journal.read;

import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.file.BlockFile;
import io.sessionbridge.journal.file.EvictionFloor;
import io.sessionbridge.journal.file.OpenFailure;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.journal.file.SegmentName;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines the content of the journal at the start. Reads one header of each segment and the
 * whole newest segment, so that the time does not grow with the backlog. Writes no records, but
 * makes what it read durable, because the last run may have crashed before that.
 */
public final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** The suffix of a segment whose first write failed; kept for inspection. */
  private static final Pattern TORN = Pattern.compile(".*\\.torn(-\\d+)?");

  private final Storage storage;
  private final Path folder;
  private final List<String> foreign = new ArrayList<>();
  private final List<String> setAside = new ArrayList<>();
  private final List<Segment> unfinished = new ArrayList<>();
  private final Set<Path> unopened = new HashSet<>();

  public Recovery(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** Files that are not part of the journal, or are duplicates; for the status. */
  public List<String> foreignFiles() {
    return foreign;
  }

  /** Names of files with an interrupted first write, of this start and of earlier ones. */
  public List<String> setAside() {
    return setAside;
  }

  /**
   * Finds the segments. Changes nothing.
   *
   * @throws JournalException if one is of a later version
   */
  public Segments findSegments() throws IOException {
    Segments segments = new Segments();
    for (Path file : storage.list(folder)) {
      Optional<SegmentName> named = SegmentName.parse(file);
      if (named.isEmpty() && TORN.matcher(file.toString()).matches()) {
        setAside.add(file.getFileName().toString());
        continue;
      }
      if (named.isEmpty()) {
        if (!file.getFileName().toString().equals(EvictionFloor.FILE)) {
          note(file, "is not a segment and is ignored");
        }
        continue;
      }
      Segment found = findOrTrust(file, named.get().header());
      if (found != null) {
        add(segments, found);
      }
    }
    return segments;
  }

  /** Removes files found by {@link #findSegments} that never became a segment. */
  public void removeUnfinished() throws IOException {
    for (Segment segment : unfinished) {
      remove(segment);
    }
    if (!setAside.isEmpty()) {
      LOG.info(
          "journal: kept files with unacknowledged records: {}. Delete them after inspection",
          setAside);
    }
  }

  /** Like {@link #find}, but relies on the name of a file that cannot be opened. */
  private @Nullable Segment findOrTrust(Path file, SegmentHeader named) throws IOException {
    try {
      return find(file, named);
    } catch (JournalException | ClosedChannelException e) {
      throw e; // of a later version, or an interrupt
    } catch (IOException e) {
      note(file, "cannot be opened; retrying: " + OpenFailure.reason(e));
      unopened.add(file);
      return new Segment(file, named, 0); // a guessed size might cause evictions
    }
  }

  /** Null for a file that never became a segment. */
  private @Nullable Segment find(Path file, SegmentHeader named) throws IOException {
    try (StorageFile opened = storage.openReadOnly(file)) {
      Optional<SegmentHeader> header = SegmentHeader.decode(start(file, opened));
      if (header.isPresent() && header.get().version() > SegmentHeader.VERSION) {
        throw new JournalException(
            file
                + " is of version "
                + header.get().version()
                + ", this program reads up to "
                + SegmentHeader.VERSION
                + ": use the newer program again, nothing was changed");
      }
      Segment found = new Segment(file, header.orElse(named), opened.size());
      return header.isPresent() || holdsRecords(found) ? found : null;
    }
  }

  /** The first bytes of a segment; empty if the disk cannot read them. */
  private static ByteBuffer start(Path file, StorageFile opened) {
    ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.SIZE);
    try {
      opened.read(bytes, 0);
      return bytes.flip();
    } catch (IOException e) {
      LOG.warn("journal: the start of {} cannot be read: {}", file.getFileName(), e.getMessage());
      return bytes.clear().limit(0);
    }
  }

  /**
   * Whether a segment without a valid header has records. If it has, its name provides what the
   * header did. If not, its creation was interrupted, and it must not end the segment before it, in
   * which the last run continued.
   */
  private boolean holdsRecords(Segment headless) throws IOException {
    try (SegmentCursor cursor = new SegmentCursor(storage, headless)) {
      if (cursor.peek() != null || cursor.resync(headless.first()) != null) {
        return true;
      }
      if (cursor.unreadableBytes() > 0) {
        return true; // readers will report what is missing
      }
      if (cursor.isBlank()) {
        unfinished.add(headless);
      } else {
        note(headless.file(), "has neither a header nor a readable record and is ignored");
      }
      return false;
    }
  }

  private void add(Segments segments, Segment found) throws IOException {
    Segment other = segments.holding(found.first());
    if (other == null || other.first() != found.first()) {
      segments.add(found);
      return;
    }
    // The first write to one of them failed, or its run crashed. The one with records counts; if
    // both have records, the later one, because the earlier one's were never acknowledged.
    boolean replaces = !isEmpty(found) && !isLaterThan(other, found);
    if (replaces) {
      segments.remove(other);
      segments.add(found);
    }
    note((replaces ? other : found).file(), "starts where another segment does and is ignored");
  }

  private static boolean isLaterThan(Segment one, Segment other) {
    Optional<SegmentName> name = SegmentName.parse(other.file());
    return name.isPresent()
        && SegmentName.parse(one.file()).filter(n -> n.isLaterThan(name.get())).isPresent();
  }

  private boolean isEmpty(Segment segment) throws IOException {
    if (unopened.contains(segment.file())) {
      return true; // the other one can at least be read
    }
    try (SegmentCursor cursor = new SegmentCursor(storage, segment)) {
      return TailScan.lastSequence(cursor, segment.first(), 0) < segment.first();
    }
  }

  private void note(Path file, String what) {
    foreign.add(file.getFileName() + " " + what);
    LOG.warn("journal: {} {}", file.getFileName(), what);
  }

  /**
   * Finds the last sequence in the segments. Removes the newest segment if it has none, left by a
   * run that crashed before its first record was durable.
   *
   * @param proven a sequence known to have been durable, because a cursor has passed it
   */
  public long lastSequence(Segments segments, long proven) throws IOException {
    Segment newest = segments.newest();
    while (newest != null) {
      long last;
      long recordsEnd;
      try (SegmentCursor cursor = new SegmentCursor(storage, newest)) {
        last = TailScan.lastSequence(cursor, newest.first(), proven);
        recordsEnd = cursor.position();
      } catch (IOException e) {
        if (!OpenFailure.isDamage(e)) {
          throw e; // temporary, because another program has it open
        }
        return TailScan.maxSequenceIn(newest, proven);
      }
      if (last >= newest.first()) {
        segments.add(trimAndForce(newest, recordsEnd));
        return last;
      }
      segments.remove(newest);
      remove(newest);
      newest = segments.newest();
    }
    return proven;
  }

  /**
   * Makes the segment durable and truncates the zeros that the last run did not use; for readers,
   * zeros are the end.
   */
  private Segment trimAndForce(Segment newest, long recordsEnd) throws IOException {
    Segment result = newest;
    try (StorageFile file = storage.open(newest.file())) {
      if (recordsEnd < newest.bytes() && isZeroFrom(recordsEnd, newest, file)) {
        file.truncate(recordsEnd);
        result = new Segment(newest.file(), newest.header(), recordsEnd);
      }
      file.force();
    }
    storage.forceFolder(folder);
    return result;
  }

  /** Also false if it cannot be read; then it is kept for inspection. */
  private static boolean isZeroFrom(long position, Segment segment, StorageFile file) {
    ByteBuffer block = ByteBuffer.allocate(BlockFile.BLOCK);
    try {
      for (long at = position; at < segment.bytes(); at += block.limit()) {
        if (file.read(block.clear(), at) == 0) {
          return true;
        }
        for (block.flip(); block.hasRemaining(); ) {
          if (block.get() != 0) {
            return false;
          }
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Deletes a file that was never written to, and sets others aside. A failure does not fail the
   * start.
   */
  private void remove(Segment empty) throws IOException {
    boolean zero;
    try (SegmentCursor cursor = new SegmentCursor(storage, empty)) {
      zero = cursor.isZero();
    }
    try {
      if (zero) {
        LOG.debug("journal: {} is empty and is deleted", empty.file().getFileName());
        storage.delete(empty.file());
        return;
      }
      Path aside = freeName(empty.file());
      storage.rename(empty.file(), aside);
      setAside.add(aside.getFileName().toString());
      LOG.info("journal: {} has no complete record and is set aside", empty.file().getFileName());
    } catch (IOException e) {
      note(empty.file(), "contains no record and cannot be removed: " + e.getMessage());
    }
  }

  private Path freeName(Path file) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".torn");
    for (int n = 2; storage.exists(aside); n++) {
      aside = file.resolveSibling(file.getFileName() + ".torn-" + n);
    }
    return aside;
  }
}
