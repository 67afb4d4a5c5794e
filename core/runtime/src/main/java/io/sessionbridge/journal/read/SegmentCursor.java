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

/**
 * Walks through the records of one segment, front to back, over damage. Not safe for use by several
 * threads.
 */
public final class SegmentCursor implements AutoCloseable {

  private static final int WINDOW = 64 << 10;

  private final Segment segment;
  private final BlockFile file;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowAt;
  private long at = SegmentHeader.SIZE;
  private boolean patient;

  /** Walks over what the disk does not give back, as over other damage. */
  public SegmentCursor(Storage storage, Segment segment) throws IOException {
    this(storage, segment, new BitSet(), true);
  }

  /**
   * Walks over what was given up before.
   *
   * @param givenUp blocks that are not read any more; this adds to it
   * @param givesUp whether to give up what fails at first; what fails later throws {@link
   *     UnreadableException}, as all that fails does if this is false
   */
  public static SegmentCursor patient(
      Storage storage, Segment segment, BitSet givenUp, boolean givesUp) throws IOException {
    SegmentCursor cursor = new SegmentCursor(storage, segment, givenUp, givesUp);
    cursor.patient = true;
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

  /** The place of the record that comes next. */
  long position() {
    return at;
  }

  /** The header at the present place, or null if there is none that is valid. */
  public @Nullable RecordHeader peek() throws IOException {
    int offset = hold(RecordHeader.SIZE);
    return offset < 0 ? null : RecordHeader.decode(window, offset, segment.header().epoch());
  }

  /**
   * The payload behind a header that {@link #peek} gave; null if its checksum is wrong, or if it is
   * not what the header says.
   */
  public byte @Nullable [] payload(RecordHeader header) throws IOException {
    int offset = hold(header.recordSize());
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

  /** Goes behind the record. */
  public void skip(RecordHeader header) {
    at += header.recordSize();
  }

  /**
   * Goes to the next valid header with a sequence from the given one on, over whatever stands
   * between.
   *
   * @return it, or null if there is none up to the end
   */
  public @Nullable RecordHeader resync(long from) throws IOException {
    long start = at;
    for (at += 8; hold(RecordHeader.SIZE) >= 0; at += 8) {
      RecordHeader header = peek();
      if (header != null && header.sequence() >= from) {
        return header;
      }
    }
    at = start;
    return null;
  }

  /** True if nothing but zeros follows: nothing was ever written there. */
  public boolean isBlank() throws IOException {
    int offset = hold(8);
    return offset < 0 || window.getLong(offset) == 0 && !isUnreadable(8);
  }

  /** Whether one of so many bytes from the present place on is given up. */
  public boolean isUnreadable(int bytes) {
    return file.isUnreadable(at, bytes);
  }

  /** How many bytes are given up from the present place on, or from the first that is. */
  long unreadableBytes() throws IOException {
    return file.unreadableFrom(at);
  }

  /** True if the segment has nothing but zeros behind its header. */
  boolean isZero() throws IOException {
    long start = at;
    boolean zero = true;
    for (at = SegmentHeader.SIZE; zero && hold(8) >= 0; at += 8) {
      zero = isBlank();
    }
    at = start;
    return zero;
  }

  /** Makes the window hold so many bytes from the present place; its offset, or -1 at the end. */
  private int hold(int bytes) throws IOException {
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
    if (patient && !skipped && file.isUnreadable(windowAt, window.limit())) {
      file.givesUp(false); // the place that was waited for is behind; the next is waited for again
    }
  }

  /** Forgets what was read, because the writer may have written more. */
  public void refresh() {
    window.limit(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
