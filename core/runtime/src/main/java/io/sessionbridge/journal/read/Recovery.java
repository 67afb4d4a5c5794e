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
 * Finds out at the start what the journal holds. Reads one header of each segment and the whole of
 * the newest one, so that the time does not grow with the backlog. Writes no record; only makes
 * sure that what it read is on the disk, because the last run may have died before it was.
 */
public final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  /** The ending of a segment whose very first write did not get through; kept for a look. */
  private static final Pattern TORN = Pattern.compile(".*\\.torn(-\\d+)?");

  private final Storage storage;
  private final Path folder;
  private final List<String> strange = new ArrayList<>();
  private final List<String> setAside = new ArrayList<>();
  private final List<Segment> unfinished = new ArrayList<>();
  private final Set<Path> unopened = new HashSet<>();

  public Recovery(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** Files that are no part of the journal, or are there twice; for the status. */
  public List<String> strangeFiles() {
    return strange;
  }

  /** Names of files with an interrupted first write, of this start and of earlier ones. */
  public List<String> setAside() {
    return setAside;
  }

  /**
   * The segments that are there. Changes nothing.
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

  /** Takes away the files that {@link #findSegments} found and that never became a segment. */
  public void takeAwayUnfinished() throws IOException {
    for (Segment segment : unfinished) {
      takeAway(segment);
    }
    if (!setAside.isEmpty()) {
      LOG.info(
          "journal: kept, though never acknowledged: {}. Delete them when you have" + " looked",
          setAside);
    }
  }

  /** As {@link #find}; of a file that cannot be opened only its name is known. */
  private @Nullable Segment findOrTrust(Path file, SegmentHeader named) throws IOException {
    try {
      return find(file, named);
    } catch (JournalException | ClosedChannelException e) {
      throw e; // of a later version, or an interrupt
    } catch (IOException e) {
      note(file, "cannot be opened and is tried again: " + OpenFailure.reason(e));
      unopened.add(file);
      return new Segment(file, named, 0); // a guess might evict others for it
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

  /** The first bytes of a segment; none if the disk does not give them back. */
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
   * Looks into a segment without a valid header. If there are records, its name says the same as
   * the header did. If there are none, its creation was cut off, and it must not be taken for the
   * end of the segment before it, in which the last run went on.
   */
  private boolean holdsRecords(Segment headless) throws IOException {
    try (SegmentCursor cursor = new SegmentCursor(storage, headless)) {
      if (cursor.peek() != null || cursor.resync(headless.first()) != null) {
        return true;
      }
      if (cursor.unreadableBytes() > 0) {
        return true; // readers will tell what is missing
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
    // The first write to one of them failed, or its run died: the one that holds records counts,
    // and
    // of two that do the later one, because the earlier one's were never acknowledged.
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
    strange.add(file.getFileName() + " " + what);
    LOG.warn("journal: {} {}", file.getFileName(), what);
  }

  /**
   * Finds the last sequence that the segments hold, and takes away the newest segment if it holds
   * none: a run that died before its first record was durable left it behind.
   *
   * @param proven a sequence that is known to have been durable, because a cursor has passed it
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
          throw e; // whoever else has it gives it back
        }
        return TailScan.mostIn(newest, proven);
      }
      if (last >= newest.first()) {
        segments.add(trimAndForce(newest, recordsEnd));
        return last;
      }
      segments.remove(newest);
      takeAway(newest);
      newest = segments.newest();
    }
    return proven;
  }

  /**
   * Makes sure that it is on the disk, and gives back the room that the last run did not come to
   * use: zeros, which are the end for whoever reads.
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

  /** False also if that cannot be read: then it is kept for a look. */
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

  /** Deletes what was never written to, and sets aside what was. A failure stops no start. */
  private void takeAway(Segment empty) throws IOException {
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
