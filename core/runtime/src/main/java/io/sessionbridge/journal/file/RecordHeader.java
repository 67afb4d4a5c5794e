package io.sessionbridge.journal.file;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The 48 bytes before a record's payload, at a multiple of 8, big-endian:
 *
 * <pre>
 *  0  4  magic "SBr1"
 *  4  4  length of the payload, without its zero padding to a multiple of 8
 *  8  8  sequence; of a hole the first one
 * 16  8  time, microseconds since 1970
 * 24  1  type: 1 data, 2 hole
 * 25  1  flags: 1 = more of this group follows
 * 26  2  zero
 * 28  4  CRC32C of the payload
 * 32  8  highest sequence that was durable when this was written
 * 40  4  zero
 * 44  4  CRC32C of bytes 0 to 43, mixed with the segment's epoch: neither old bytes on the disk
 *        nor bytes of a payload can be mistaken for a record of this segment
 * </pre>
 *
 * The payload of a hole: last sequence (8), count (8), reason (UTF-8, the rest).
 *
 * @param moreFollows true if the next record belongs to the same group
 * @param durable the highest sequence that was durable when this was written
 */
public record RecordHeader(
    int length,
    long sequence,
    long timeMicros,
    byte type,
    boolean moreFollows,
    int payloadCrc,
    long durable) {

  public static final int SIZE = 48;
  public static final byte DATA = 1;
  public static final byte HOLE = 2;

  /** Bytes of a hole's payload before the reason. */
  public static final int HOLE_NUMBERS = 16;

  public static final int MAX_PAYLOAD = 16 << 20;
  private static final int MAGIC = 0x53427231;
  private static final int CRC_AT = 44;
  private static final byte MORE = 1;

  /** The size of a record with a payload of that size. */
  public static int sizeWith(int payload) {
    return SIZE + (payload + 7 & ~7);
  }

  public int recordSize() {
    return sizeWith(length);
  }

  public void encode(ByteBuffer out, long epoch) {
    int start = out.position();
    out.putInt(MAGIC)
        .putInt(length)
        .putLong(sequence)
        .putLong(timeMicros)
        .put(type)
        .put(moreFollows ? MORE : 0)
        .putShort((short) 0)
        .putInt(payloadCrc)
        .putLong(durable)
        .putInt(0)
        .putInt(Checksum.of(out, start, CRC_AT) ^ mix(epoch));
  }

  /** Null if the bytes at the position are not a header of that epoch. */
  public static @Nullable RecordHeader decode(ByteBuffer in, int at, long epoch) {
    if (in.getInt(at) != MAGIC
        || in.getInt(at + CRC_AT) != (Checksum.of(in, at, CRC_AT) ^ mix(epoch))) {
      return null;
    }
    RecordHeader header =
        new RecordHeader(
            in.getInt(at + 4),
            in.getLong(at + 8),
            in.getLong(at + 16),
            in.get(at + 24),
            (in.get(at + 25) & MORE) != 0,
            in.getInt(at + 28),
            in.getLong(at + 32));
    return header.length < 0 || header.length > MAX_PAYLOAD ? null : header;
  }

  private static int mix(long epoch) {
    return (int) (epoch ^ epoch >>> 32);
  }
}
