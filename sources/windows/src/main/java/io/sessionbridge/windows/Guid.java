package io.sessionbridge.windows.com;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.UUID;

/**
 * A GUID, compared by value as COM does.
 *
 * @param uuid the same number in Java
 */
record Guid(UUID uuid) {

  static final int BYTES = 16;

  static final Guid IUNKNOWN = of("{00000000-0000-0000-C000-000000000046}");
  static final Guid IDISPATCH = of("{00020400-0000-0000-C000-000000000046}");

  /** From the text in braces that Windows writes. */
  static Guid of(String text) {
    return new Guid(UUID.fromString(text.substring(1, text.length() - 1)));
  }

  /** The first three parts are little-endian numbers, the rest is bytes. */
  static Guid read(Pointer memory) {
    ByteBuffer bytes = ByteBuffer.wrap(memory.getByteArray(0, BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long first = Integer.toUnsignedLong(bytes.getInt());
    long second = Short.toUnsignedLong(bytes.getShort());
    long third = Short.toUnsignedLong(bytes.getShort());
    long rest = bytes.order(ByteOrder.BIG_ENDIAN).getLong();
    return new Guid(new UUID(first << 32 | second << 16 | third, rest));
  }

  /** A copy in native memory, there as long as somebody holds it. */
  Memory toMemory() {
    long high = uuid.getMostSignificantBits();
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) (high >>> 32))
            .putShort((short) (high >>> 16))
            .putShort((short) high)
            .order(ByteOrder.BIG_ENDIAN)
            .putLong(uuid.getLeastSignificantBits())
            .array();
    Memory memory = new Memory(BYTES);
    memory.write(0, bytes, 0, BYTES);
    return memory;
  }

  /** In braces and capitals, as Windows writes it. */
  @Override
  public String toString() {
    return "{" + uuid.toString().toUpperCase(Locale.ROOT) + "}";
  }
}
