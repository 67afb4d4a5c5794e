package io.sessionbridge.windows.service;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;

/** GUIDs as they lie in the memory of Windows: the first three parts with their low byte first. */
final class Guids {

  static final int BYTES = 16;

  private Guids() {}

  static byte[] bytes(UUID guid) {
    long high = guid.getMostSignificantBits();
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) (high >>> 32))
        .putShort((short) (high >>> 16))
        .putShort((short) high)
        .order(ByteOrder.BIG_ENDIAN)
        .putLong(guid.getLeastSignificantBits())
        .array();
  }

  /** Reads the next 16 bytes. */
  static UUID read(ByteBuffer memory) {
    ByteBuffer little = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long high =
        (little.getInt() & 0xFFFF_FFFFL) << 32
            | (little.getShort() & 0xFFFFL) << 16
            | (little.getShort() & 0xFFFFL);
    long low = little.order(ByteOrder.BIG_ENDIAN).getLong();
    memory.position(little.position());
    return new UUID(high, low);
  }
}
