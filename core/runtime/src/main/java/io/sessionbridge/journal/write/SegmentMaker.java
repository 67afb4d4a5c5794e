package io.sessionbridge.journal.write;

import io.sessionbridge.clock.Clock;
import io.sessionbridge.event.Rfc3339;
import io.sessionbridge.journal.JournalConfig;
import io.sessionbridge.journal.JournalConfig.Durability;
import io.sessionbridge.journal.JournalException;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.journal.file.SegmentName;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.retention.Retention;
import io.sessionbridge.journal.retention.Shortage;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes segments, with room for them, and takes those away in which nothing became durable. Never
 * gives a name to a second file. By the journal's thread.
 */
public final class SegmentMaker {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentMaker.class);

  private final JournalConfig config;
  private final Storage storage;
  private final Path folder;
  private final Clock clock;
  private final long epoch;
  private final Segments segments;
  private final Retention retention;
  private int failedAttempts;
  private boolean leftBehind;
  private long madeAt;

  public SegmentMaker(
      JournalConfig config,
      Storage storage,
      Path folder,
      Clock clock,
      long epoch,
      Segments segments,
      Retention retention) {
    this.config = config;
    this.storage = storage;
    this.folder = folder;
    this.clock = clock;
    this.epoch = epoch;
    this.segments = segments;
    this.retention = retention;
  }

  /**
   * Makes a segment.
   *
   * @param first sequence
   * @param recordBytes that must fit in it
   * @param shortage what to do if the journal is full
   * @throws IOException if there is no room; see {@link #leftBehind} then
   */
  SegmentWriter make(long first, long recordBytes, Shortage shortage) throws IOException {
    leftBehind = false;
    int size = sizeFor(recordBytes);
    retention.makeRoom(size, shortage);
    requireSpace(size);
    Path file = folder.resolve(SegmentName.of(first, epoch, failedAttempts));
    try {
      SegmentWriter made =
          SegmentWriter.create(
              storage,
              folder,
              file,
              SegmentHeader.of(epoch, first, Rfc3339.toMicros(clock.now())),
              size,
              config.durability() == Durability.FSYNC);
      segments.add(made.segment());
      madeAt = clock.nanoTime();
      return made;
    } catch (IOException e) {
      failedAttempts++;
      leftBehind = mayExist(file);
      throw e;
    }
  }

  /** Whether the attempt that failed last may have left a file, which the next start reads. */
  boolean leftBehind() {
    return leftBehind;
  }

  private boolean mayExist(Path file) {
    try {
      return storage.exists(file);
    } catch (IOException e) {
      return true;
    }
  }

  private int sizeFor(long recordBytes) {
    long needed = SegmentHeader.SIZE + recordBytes + Segment.RESERVED;
    return Math.toIntExact(Math.max(config.segmentBytes(), needed + 7 & ~7L));
  }

  /** Asking first leaves no half-made segment behind at each try while the disk is full. */
  private void requireSpace(long bytes) throws IOException {
    long free = storage.usableSpace(folder);
    if (free < bytes) {
      throw new JournalException(
          "the disk is full: "
              + folder
              + " needs "
              + bytes
              + " bytes for a segment, "
              + free
              + " are free");
    }
  }

  /**
   * Whether the segment, made last, has been in use for so long that another one is due: by the
   * wall clock, which counts sleep, or by the other, which does not go back.
   */
  boolean isOld(Segment segment) {
    long micros = Rfc3339.toMicros(clock.now()) - segment.header().createdMicros();
    long nanos = clock.nanoTime() - madeAt;
    return Math.max(micros, nanos / 1000) > config.segmentMaxAge().toNanos() / 1000;
  }

  /** Ends a segment in order: what it does not need no longer counts against max_bytes. */
  void end(SegmentWriter segment) {
    try {
      segments.add(segment.trim());
    } catch (IOException e) {
      LOG.debug("journal: {} keeps its size: {}", segment.segment().file(), e.getMessage());
    }
  }

  /** A write got through: names are free again, because sequences go on from here. */
  void worked() {
    failedAttempts = 0;
  }

  /** Takes away a segment, closed, whose very first write failed. */
  void discard(Segment segment) {
    failedAttempts++;
    segments.remove(segment);
    try {
      storage.delete(segment.file());
    } catch (IOException e) {
      retention.leftovers().add(segment.file(), segment.bytes(), e);
    }
  }
}
