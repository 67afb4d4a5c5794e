package io.sessionbridge.journal.read;

import io.sessionbridge.journal.file.BlockFile;
import io.sessionbridge.journal.file.Checksum;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Iterates over the records of one segment, front to back, skipping damage. Not thread-safe. */
public final class SegmentCursor implements AutoCloseable {

  private static final int WINDOW = 64 << 10;

  private final Segment segment;
  private final BlockFile file;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowAt;
  private long at = SegmentHeader.SIZE;
  private boolean retries;

  /** Skips what the disk cannot read, like other damage. */
  public SegmentCursor(Storage storage, Segment segment) throws IOException {
    this(storage, segment, new BitSet(), true);
  }

  /**
   * Skips only blocks that were given up before.
   *
   * @param givenUp blocks that are no longer read; this adds to it
   * @param givesUp whether to give up the first failing range; any other failure throws {@link
   *     UnreadableException}
   */
  public static SegmentCursor retrying(
      Storage storage, Segment segment, BitSet givenUp, boolean givesUp) throws IOException {
    SegmentCursor cursor = new SegmentCursor(storage, segment, givenUp, givesUp);
    cursor.retries = true;
    return cursor;
  }

  private SegmentCursor(Storage storage, Segment segment, BitSet givenUp, boolean givesUp)
      throws IOException {
    this.segment = segment;
    this.file = new BlockFile(storage, segment.file(), givenUp, givesUp);
  }

  public Segment segment() {
    return segment;
  }

  /** The offset of the next record. */
  long position() {
    return at;
  }

  /** The header at the current offset; null if it is not valid. */
  public @Nullable RecordHeader peek() throws IOException {
    int offset = load(RecordHeader.SIZE);
    return offset < 0 ? null : RecordHeader.decode(window, offset, segment.header().epoch());
  }

  /**
   * The payload of a header returned by {@link #peek}; null if its checksum is wrong or it does not
   * match the header.
   */
  public byte @Nullable [] payload(RecordHeader header) throws IOException {
    int offset = load(header.recordSize());
    if (offset < 0
        || Checksum.of(window, offset + RecordHeader.SIZE, header.length())
            != header.payloadCrc()) {
      return null;
    }
    byte[] payload = new byte[header.length()];
    window.get(offset + RecordHeader.SIZE, payload);
    return header.type() == RecordHeader.HOLE && !isHole(header, payload) ? null : payload;
  }

  private static boolean isHole(RecordHeader header, byte[] payload) {
    return payload.length >= RecordHeader.HOLE_NUMBERS
        && ByteBuffer.wrap(payload).getLong() >= header.sequence();
  }

  /** Moves past the record. */
  public void skip(RecordHeader header) {
    at += header.recordSize();
  }

  /**
   * Skips to the next valid header with the given sequence or a higher one.
   *
   * @return the header; null if there is none
   */
  public @Nullable RecordHeader resync(long from) throws IOException {
    long start = at;
    for (at += 8; load(RecordHeader.SIZE) >= 0; at += 8) {
      RecordHeader header = peek();
      if (header != null && header.sequence() >= from) {
        return header;
      }
    }
    at = start;
    return null;
  }

  /** True if the next 8 bytes are zeros or the end: nothing was written there. */
  public boolean isBlank() throws IOException {
    int offset = load(8);
    return offset < 0 || window.getLong(offset) == 0 && !isUnreadable(8);
  }

  /** Whether any of the next bytes is given up. */
  public boolean isUnreadable(int bytes) {
    return file.isUnreadable(at, bytes);
  }

  /** The length of the given-up range at or after the current offset. */
  long unreadableBytes() throws IOException {
    return file.unreadableFrom(at);
  }

  /** True if the segment has only zeros after its header. */
  boolean isZero() throws IOException {
    long start = at;
    boolean zero = true;
    for (at = SegmentHeader.SIZE; zero && load(8) >= 0; at += 8) {
      zero = isBlank();
    }
    at = start;
    return zero;
  }

  /**
   * Loads that many bytes from the current offset into the window; returns their index, or -1 at
   * the end.
   */
  private int load(int bytes) throws IOException {
    long offset = at - windowAt;
    if (offset >= 0 && offset + bytes <= window.limit()) {
      return (int) offset;
    }
    if (window.capacity() < bytes) {
      window = ByteBuffer.allocate(Math.max(bytes, 2 * window.capacity()));
    }
    windowAt = at;
    fill();
    return window.limit() < bytes ? -1 : 0;
  }

  private void fill() throws IOException {
    window.clear();
    boolean skipped = file.isUnreadable(windowAt, window.remaining());
    try {
      file.read(window, windowAt);
      window.flip();
    } catch (IOException e) {
      window.limit(0);
      throw e;
    }
    if (retries && !skipped && file.isUnreadable(windowAt, window.limit())) {
      file.givesUp(false); // past the permanent failure; the next failure is retried again
    }
  }

  /** Discards the window, because the writer may have written more. */
  public void refresh() {
    window.limit(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
