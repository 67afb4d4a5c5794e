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
 * Writes one segment, front to back. The end of it is kept for holes, so that a loss can be stated
 * when the disk is full. After a failure it must not be used again. One thread.
 */
final class SegmentWriter implements AutoCloseable {

  /** Bytes of a hole at most, with some to spare. */
  static final int HOLE_BYTES = RecordHeader.sizeWith(80);

  private static final int ZEROS = 64 << 10;
  private static final int LONGEST_REASON = 64;

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
   * Makes a segment whose room is taken and whose name is on the disk when this returns.
   *
   * @param path in the folder, named by {@link SegmentName}
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

  /** Writing the zeros now means that a full disk is met here and not in the middle of a record. */
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

  /** True if records of that size fit before the room for holes. */
  boolean hasRoom(long recordBytes) {
    return recordBytes <= room();
  }

  /** True if one more hole fits, also into the reserved room. */
  boolean hasRoomForHole() {
    return at + buffer.position() + RecordHeader.sizeWith(16 + LONGEST_REASON) <= segment.bytes();
  }

  /** Puts a record into memory; it is on the disk after the next {@link #flush}. */
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
    int length = Math.min(reason.length, LONGEST_REASON);
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

  /** Bytes that records may still take. */
  long room() {
    return segment.bytes() - Segment.RESERVED - at - buffer.position();
  }

  /** Bytes put since the last flush. */
  int unflushed() {
    return buffer.position();
  }

  /** Writes what was put, in one write, and forces it. */
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

  /**
   * Gives back the room that no record took, so that a segment in use for a moment takes little.
   */
  Segment trim() throws IOException {
    file.truncate(at);
    return new Segment(segment.file(), segment.header(), at);
  }

  /** Forces even if flush does not, for a clean end. */
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
