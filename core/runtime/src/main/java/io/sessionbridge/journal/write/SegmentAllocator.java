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
 * Creates segments and makes room for them; removes segments in which nothing became durable. Never
 * reuses a file name. For the journal's thread.
 */
public final class SegmentAllocator {

  private static final Logger LOG = LoggerFactory.getLogger(SegmentAllocator.class);

  private final JournalConfig config;
  private final Storage storage;
  private final Path folder;
  private final Clock clock;
  private final long epoch;
  private final Segments segments;
  private final Retention retention;
  private int failedAttempts;
  private boolean mayHaveLeftFile;
  private long createdAt;

  public SegmentAllocator(
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
   * Creates a segment.
   *
   * @param first sequence
   * @param recordBytes bytes of records that must fit
   * @param shortage what to do if the journal is full
   * @throws IOException if there is no room; see {@link #mayHaveLeftFile} then
   */
  SegmentWriter allocate(long first, long recordBytes, Shortage shortage) throws IOException {
    mayHaveLeftFile = false;
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
      createdAt = clock.nanoTime();
      return made;
    } catch (IOException e) {
      failedAttempts++;
      mayHaveLeftFile = mayExist(file);
      throw e;
    }
  }

  /** Whether the last failed attempt may have left a file, which the next start would read. */
  boolean mayHaveLeftFile() {
    return mayHaveLeftFile;
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

  /** Checks first, so that attempts on a full disk do not leave partial segments. */
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
   * Whether the current segment is too old: by the wall clock, which includes sleep, or by the
   * monotonic clock, which cannot go back.
   */
  boolean isOld(Segment segment) {
    long micros = Rfc3339.toMicros(clock.now()) - segment.header().createdMicros();
    long nanos = clock.nanoTime() - createdAt;
    return Math.max(micros, nanos / 1000) > config.segmentMaxAge().toNanos() / 1000;
  }

  /** Trims a finished segment, so that its unused room does not count against max_bytes. */
  void end(SegmentWriter segment) {
    try {
      segments.add(segment.trim());
    } catch (IOException e) {
      LOG.debug("journal: {} keeps its size: {}", segment.segment().file(), e.getMessage());
    }
  }

  /** A write succeeded; later segments have higher sequences, so attempt numbers restart. */
  void succeeded() {
    failedAttempts = 0;
  }

  /** Removes a closed segment whose first write failed. */
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
