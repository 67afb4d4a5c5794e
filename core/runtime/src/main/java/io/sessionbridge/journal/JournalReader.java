package io.sessionbridge.journal;

import io.sessionbridge.journal.JournalRecord.Data;
import io.sessionbridge.journal.JournalRecord.Hole;
import io.sessionbridge.journal.file.Epoch;
import io.sessionbridge.journal.file.OpenFailure;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.Segments;
import io.sessionbridge.journal.file.UnreadableException;
import io.sessionbridge.journal.read.ReadRetryPolicy;
import io.sessionbridge.journal.read.SegmentCursor;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal from a position: every sequence once and in order, as a record or as part of a
 * hole. One thread. An interrupt closes the open file; the next read opens it again.
 */
public final class JournalReader implements AutoCloseable {

  /** The journal as a reader sees it. */
  interface Source {
    long durable();

    Segments segments();

    /** The highest sequence that was evicted. */
    long evictedUpTo();

    Storage storage();

    /** The clock for retries of read errors, in nanoseconds. */
    long nanoTime();

    /** Records damage; every reader may report the same damage. */
    void damaged(Hole hole);
  }

  /** Receives records one by one while it has room. */
  public interface Taker {

    /**
     * Whether another record fits; if not, it stays for the next read. Not called for the first
     * record of a read, which is always taken, so that every read makes progress.
     *
     * @param payloadBytes of that record; 0 while unknown
     */
    boolean hasRoomFor(int payloadBytes);

    /** Takes the next record. */
    void take(JournalRecord record);
  }

  private final Source source;
  private long next;
  private @Nullable Hole pendingHole;
  private @Nullable SegmentCursor open;
  private @Nullable Segment givenUpIn;
  private BitSet givenUp = new BitSet();
  private final ReadRetryPolicy retryPolicy = new ReadRetryPolicy();
  private boolean givesUp;
  private boolean withoutRetries;
  private long lastEpoch;
  private String epochText = "";

  /**
   * Creates a reader that starts after a sequence.
   *
   * @param pendingHole returned first, before anything is read
   */
  JournalReader(Source source, long afterSequence, @Nullable Hole pendingHole) {
    this.source = source;
    this.next = afterSequence + 1;
    this.pendingHole = pendingHole;
  }

  /**
   * Treats every read error as damage at once, without retries. For callers that cannot wait and
   * can do without unreadable records.
   */
  public JournalReader withoutRetries() {
    withoutRetries = true;
    givesUp = true;
    return this;
  }

  /** The last sequence that was read. */
  public long position() {
    return next - 1;
  }

  /**
   * The next durable records; empty if there are none now. Never waits for new ones.
   *
   * @param maxRecords the maximum number of records
   * @param maxBytes ends after the record with which the payloads reach this size
   * @throws IOException see {@link #read(Taker)}
   */
  public List<JournalRecord> read(int maxRecords, long maxBytes) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    read(
        new Taker() {
          private long bytes;

          @Override
          public boolean hasRoomFor(int payloadBytes) {
            return records.size() < maxRecords && bytes < maxBytes;
          }

          @Override
          public void take(JournalRecord record) {
            records.add(record);
            bytes += record instanceof Data data ? data.payload().length : 0;
          }
        });
    return records;
  }

  /**
   * Passes the next durable records to the taker; none if there are none now. Never waits for new
   * ones. Holds one record in memory at a time.
   *
   * <p>An unreadable part of a file throws, because it may be readable the next time. If it fails
   * in at least four reads over at least ten seconds, it is damage: it becomes a hole with the
   * reason {@code unreadable}, up to the next readable record.
   *
   * @throws IOException if reading fails before the first record; a later failure recurs in the
   *     next read
   */
  public void read(Taker taker) throws IOException {
    long durable = source.durable();
    boolean first = true;
    if (open != null) {
      open.refresh();
    }
    try {
      while (pendingHole != null || next <= durable) {
        if (!first && !taker.hasRoomFor(0)) {
          break;
        }
        JournalRecord record = pendingHole;
        pendingHole = null;
        if (record == null) {
          record = readWithRetries(durable, first ? bytes -> true : taker::hasRoomFor);
          if (record == null) {
            break;
          }
          next = record.last() + 1;
        }
        taker.take(record);
        first = false;
      }
      retryPolicy.reset();
    } catch (IOException e) {
      close();
      if (first) {
        throw e;
      }
      // the next read fails at the same place, with nothing read twice
    }
  }

  private @Nullable JournalRecord readWithRetries(long durable, IntPredicate fits)
      throws IOException {
    try {
      return readOne(durable, fits);
    } catch (UnreadableException e) {
      if (!retryPolicy.isPermanent(e, source.nanoTime())) {
        throw e;
      }
      close();
      givesUp = true;
      return readOne(durable, fits);
    }
  }

  /** Null if the record does not fit. */
  private @Nullable JournalRecord readOne(long durable, IntPredicate fits) throws IOException {
    Segment segment = source.segments().holding(next);
    if (segment == null) {
      return before(durable);
    }
    long limit = Math.min(durable, source.segments().lastOf(segment));
    SegmentCursor cursor;
    try {
      cursor = cursorOf(segment);
    } catch (UnreadableException e) {
      if (!givesUp && !withoutRetries) {
        throw e;
      }
      givesUp = false;
      return hole(segment, limit, "unreadable");
    }
    return cursor == null ? hole(segment, limit, absence()) : readIn(segment, cursor, limit, fits);
  }

  /** The hole of deleted segments. */
  private JournalRecord before(long durable) {
    Segment oldest = source.segments().oldest();
    if (oldest == null) {
      return new Hole(Epoch.text(0), next, durable, durable - next + 1, absence(), 0);
    }
    return hole(oldest, Math.min(durable, oldest.first() - 1), absence());
  }

  private String absence() {
    return next <= source.evictedUpTo() ? "evicted" : "missing";
  }

  /**
   * The open file of the segment; null if the file is gone.
   *
   * @throws UnreadableException if the whole file is damaged
   */
  private @Nullable SegmentCursor cursorOf(Segment segment) throws IOException {
    if (open != null && open.segment().equals(segment)) {
      return open;
    }
    close();
    try {
      if (!segment.equals(givenUpIn)) {
        givenUpIn = segment;
        givenUp = new BitSet();
      }
      open =
          withoutRetries
              ? new SegmentCursor(source.storage(), segment)
              : SegmentCursor.retrying(source.storage(), segment, givenUp, givesUp);
      givesUp = false;
    } catch (NoSuchFileException gone) {
      return null;
    } catch (IOException e) {
      throw OpenFailure.isDamage(e) ? new UnreadableException(segment.file(), e) : e;
    }
    return open;
  }

  private @Nullable JournalRecord readIn(
      Segment segment, SegmentCursor cursor, long limit, IntPredicate fits) throws IOException {
    String reason = "corrupt";
    while (true) {
      RecordHeader header = cursor.peek();
      boolean damaged = header == null;
      if (damaged) {
        boolean blank = cursor.isBlank();
        reason = damage(cursor, RecordHeader.SIZE);
        header = cursor.resync(next);
        if (header == null) {
          return hole(segment, limit, blank ? absence() : reason);
        }
      }
      if (header == null || header.sequence() > limit) {
        return hole(segment, limit, reason);
      }
      if (header.sequence() > next) {
        return hole(segment, header.sequence() - 1, reason);
      }
      if (!fits.test(header.length())) {
        return null;
      }
      byte[] payload = cursor.payload(header);
      reason = damage(cursor, header.recordSize());
      cursor.skip(header);
      if (payload == null) {
        if (header.sequence() < next) {
          continue; // already passed
        }
        return hole(segment, header.sequence(), reason);
      }
      JournalRecord record = record(segment, header, payload, limit);
      if (record.last() >= next) {
        return record;
      }
    }
  }

  private static String damage(SegmentCursor cursor, int bytes) {
    return cursor.isUnreadable(bytes) ? "unreadable" : "corrupt";
  }

  private JournalRecord record(Segment segment, RecordHeader header, byte[] payload, long limit) {
    if (header.type() == RecordHeader.HOLE) {
      ByteBuffer in = ByteBuffer.wrap(payload);
      long last = Math.min(in.getLong(), limit);
      long count = in.getLong();
      int numbers = RecordHeader.HOLE_NUMBERS;
      String reason =
          new String(payload, numbers, payload.length - numbers, StandardCharsets.UTF_8);
      long first = Math.max(next, header.sequence());
      return new Hole(
          epochText(segment),
          first,
          last,
          Math.min(count, last - first + 1),
          reason,
          header.timeMicros());
    }
    return new Data(epochText(segment), header.sequence(), header.timeMicros(), payload);
  }

  /** The same string for all records of an epoch, because many of them may wait in memory. */
  private String epochText(Segment segment) {
    long epoch = segment.header().epoch();
    if (epochText.isEmpty() || epoch != lastEpoch) {
      lastEpoch = epoch;
      epochText = segment.epochText();
    }
    return epochText;
  }

  private Hole hole(Segment segment, long last, String reason) {
    Hole hole =
        new Hole(
            epochText(segment),
            next,
            last,
            last - next + 1,
            reason,
            segment.header().createdMicros());
    if (!reason.equals("evicted")) {
      source.damaged(hole);
    }
    return hole;
  }

  /** Closes the file; the reader stays usable. */
  @Override
  public void close() throws IOException {
    SegmentCursor cursor = open;
    open = null;
    if (cursor != null) {
      cursor.close();
    }
  }
}
