package io.sessionbridge.journal.write;

import io.sessionbridge.journal.Entry;
import io.sessionbridge.journal.file.Checksum;
import io.sessionbridge.journal.file.RecordHeader;
import io.sessionbridge.journal.file.Segment;
import io.sessionbridge.journal.file.SegmentHeader;
import io.sessionbridge.journal.file.SegmentName;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes one segment, front to back. Its end is reserved for holes, so that a loss can be recorded
 * when the disk is full. Must not be used after a failure. One thread.
 */
final class SegmentWriter implements AutoCloseable {

  /** Upper bound for the size of a hole. */
  static final int HOLE_BYTES = RecordHeader.sizeWith(80);

  private static final int ZEROS = 64 << 10;
  private static final int MAX_REASON = 64;

  private final Segment segment;
  private final StorageFile file;
  private final boolean forces;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
  private long at = SegmentHeader.SIZE;

  private SegmentWriter(Segment segment, StorageFile file, boolean forces) {
    this.segment = segment;
    this.file = file;
    this.forces = forces;
  }

  /**
   * Creates a segment with allocated room and a durable name.
   *
   * @param path in the folder, with a name from {@link SegmentName}
   * @param bytes the size
   * @param forces whether {@link #flush} forces
   */
  static SegmentWriter create(
      Storage storage, Path folder, Path path, SegmentHeader header, int bytes, boolean forces)
      throws IOException {
    StorageFile file = storage.create(path);
    try {
      fill(file, bytes);
      file.write(header.encode(), 0);
      storage.forceFolder(folder); // the content is forced together with the first records
    } catch (IOException e) {
      abandon(storage, path, file, e);
      throw e;
    }
    return new SegmentWriter(new Segment(path, header, bytes), file, forces);
  }

  /** Writes zeros, so that a full disk fails here and not in the middle of a record. */
  private static void fill(StorageFile file, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(Math.min(ZEROS, bytes));
    for (int done = 0; done < bytes; done += zeros.capacity()) {
      file.write(zeros.clear().limit(Math.min(zeros.capacity(), bytes - done)), done);
    }
  }

  private static void abandon(Storage storage, Path path, StorageFile file, IOException cause) {
    try {
      file.close();
      storage.delete(path);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  Segment segment() {
    return segment;
  }

  /** True if records of that size fit before the reserved room. */
  boolean hasRoom(long recordBytes) {
    return recordBytes <= room();
  }

  /** True if one more hole fits, including the reserved room. */
  boolean hasRoomForHole() {
    return at + buffer.position() + RecordHeader.sizeWith(16 + MAX_REASON) <= segment.bytes();
  }

  /** Adds a record to the buffer; the next {@link #flush} writes it. */
  void put(Entry entry, long sequence, boolean moreFollows, long durable) {
    byte[] payload = entry.payload();
    RecordHeader header =
        new RecordHeader(
            payload.length,
            sequence,
            entry.timeMicros(),
            RecordHeader.DATA,
            moreFollows,
            Checksum.of(payload, 0, payload.length),
            durable);
    put(header, payload);
  }

  void putHole(PendingHole hole, long durable) {
    byte[] reason = hole.reason().getBytes(StandardCharsets.UTF_8);
    int length = Math.min(reason.length, MAX_REASON);
    byte[] payload =
        ByteBuffer.allocate(16 + length)
            .putLong(hole.last())
            .putLong(hole.count())
            .put(reason, 0, length)
            .array();
    RecordHeader header =
        new RecordHeader(
            payload.length,
            hole.first(),
            hole.timeMicros(),
            RecordHeader.HOLE,
            false,
            Checksum.of(payload, 0, payload.length),
            durable);
    put(header, payload);
  }

  private void put(RecordHeader header, byte[] payload) {
    int size = header.recordSize();
    if (buffer.remaining() < size) {
      int needed = buffer.position() + size;
      ByteBuffer larger = ByteBuffer.allocateDirect(Math.max(2 * buffer.capacity(), needed));
      buffer = larger.put(buffer.flip());
    }
    int start = buffer.position();
    header.encode(buffer, segment.header().epoch());
    buffer.put(payload);
    while (buffer.position() < start + size) {
      buffer.put((byte) 0);
    }
  }

  /** Bytes left for records. */
  long room() {
    return segment.bytes() - Segment.RESERVED - at - buffer.position();
  }

  /** Bytes buffered since the last flush. */
  int unflushed() {
    return buffer.position();
  }

  /** Writes the buffer in one write, and forces it. */
  void flush() throws IOException {
    int bytes = buffer.position();
    if (bytes == 0) {
      return;
    }
    file.write(buffer.flip(), at);
    buffer.clear();
    if (forces) {
      file.force();
    }
    at += bytes;
  }

  /** Truncates the unused room, so that a short segment uses little space. */
  Segment trim() throws IOException {
    file.truncate(at);
    return new Segment(segment.file(), segment.header(), at);
  }

  /** Forces the file at a clean end if {@code flush} does not. */
  void forceAtEnd() throws IOException {
    if (!forces) {
      file.force();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
