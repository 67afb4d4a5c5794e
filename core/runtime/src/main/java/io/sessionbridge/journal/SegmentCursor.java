package io.sessionbridge.journal;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the records of one segment, front to back, over damage. Not safe for use by several
 * threads.
 */
final class SegmentCursor implements AutoCloseable {

  private static final int WINDOW = 64 << 10;

  private final Segment segment;
  private final StorageFile file;
  private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowAt;
  private long at = SegmentHeader.SIZE;

  SegmentCursor(Storage storage, Segment segment) throws IOException {
    this.segment = segment;
    this.file = storage.openReadOnly(segment.file());
  }

  Segment segment() {
    return segment;
  }

  /** The place of the record that comes next. */
  long position() {
    return at;
  }

  /** The header at the present place, or null if there is none that is valid. */
  @Nullable RecordHeader peek() throws IOException {
    int offset = hold(RecordHeader.SIZE);
    return offset < 0 ? null : RecordHeader.decode(window, offset, segment.header().epoch());
  }

  /** The payload behind a header that {@link #peek} gave; null if its checksum is wrong. */
  byte @Nullable [] payload(RecordHeader header) throws IOException {
    int offset = hold(header.recordSize());
    if (offset < 0
        || Checksum.of(window, offset + RecordHeader.SIZE, header.length())
            != header.payloadCrc()) {
      return null;
    }
    byte[] payload = new byte[header.length()];
    window.get(offset + RecordHeader.SIZE, payload);
    return payload;
  }

  /** Goes behind the record. */
  void skip(RecordHeader header) {
    at += header.recordSize();
  }

  /**
   * Goes to the next valid header with a sequence from the given one on, over whatever stands
   * between.
   *
   * @return it, or null if there is none up to the end
   */
  @Nullable RecordHeader resync(long from) throws IOException {
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
  boolean isBlank() throws IOException {
    int offset = hold(8);
    return offset < 0 || window.getLong(offset) == 0;
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
    window.clear();
    windowAt = at;
    file.read(window, at);
    window.flip();
    return window.limit() < bytes ? -1 : 0;
  }

  /** Forgets what was read, because the writer may have written more. */
  void refresh() {
    window.limit(0);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
