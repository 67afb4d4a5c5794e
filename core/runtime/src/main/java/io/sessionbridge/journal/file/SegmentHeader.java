package io.sessionbridge.journal.file;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The first 64 bytes of a segment, big-endian:
 *
 * <pre>
 *  0  4  magic "SBjl"
 *  4  4  format version, 1
 *  8  8  epoch, random
 * 16  8  first sequence
 * 24  8  created, microseconds since 1970
 * 32 28  zero
 * 60  4  CRC32C of bytes 0 to 59, in every version
 * </pre>
 *
 * @param createdMicros 0 if only the file's name is known
 */
public record SegmentHeader(int version, long epoch, long first, long createdMicros) {

  public static final int SIZE = 64;
  public static final int VERSION = 1;
  private static final int MAGIC = 0x53426A6C;
  private static final int CRC_AT = 60;

  public static SegmentHeader of(long epoch, long first, long createdMicros) {
    return new SegmentHeader(VERSION, epoch, first, createdMicros);
  }

  public ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(SIZE);
    out.putInt(MAGIC).putInt(version).putLong(epoch).putLong(first).putLong(createdMicros);
    out.putInt(CRC_AT, Checksum.of(out, 0, CRC_AT));
    return out.clear();
  }

  /** Empty if the bytes are not a header of any version. */
  public static Optional<SegmentHeader> decode(ByteBuffer in) {
    if (in.remaining() < SIZE
        || in.getInt(0) != MAGIC
        || in.getInt(CRC_AT) != Checksum.of(in, 0, CRC_AT)) {
      return Optional.empty();
    }
    return Optional.of(
        new SegmentHeader(in.getInt(4), in.getLong(8), in.getLong(16), in.getLong(24)));
  }
}
