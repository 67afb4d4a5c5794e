package io.sessionbridge.windows;

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
public record Guid(UUID uuid) {

  public static final int BYTES = 16;

  public static final Guid IUNKNOWN = of("{00000000-0000-0000-C000-000000000046}");
  public static final Guid IDISPATCH = of("{00020400-0000-0000-C000-000000000046}");

  /** Parses the text form, in braces. */
  public static Guid of(String text) {
    return new Guid(UUID.fromString(text.substring(1, text.length() - 1)));
  }

  /** Reads 16 bytes of native memory. */
  public static Guid read(Pointer memory) {
    return read(ByteBuffer.wrap(memory.getByteArray(0, BYTES)));
  }

  /**
   * Reads the next 16 bytes, regardless of the buffer's byte order: the first three parts are
   * little-endian numbers, the rest is bytes.
   */
  public static Guid read(ByteBuffer memory) {
    ByteBuffer bytes = memory.slice().order(ByteOrder.LITTLE_ENDIAN);
    long first = Integer.toUnsignedLong(bytes.getInt());
    long second = Short.toUnsignedLong(bytes.getShort());
    long third = Short.toUnsignedLong(bytes.getShort());
    long rest = bytes.order(ByteOrder.BIG_ENDIAN).getLong();
    memory.position(memory.position() + BYTES);
    return new Guid(new UUID(first << 32 | second << 16 | third, rest));
  }

  /** Returns a copy in native memory, valid as long as the caller keeps a reference. */
  public Memory toMemory() {
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

  /** In braces and upper case, as Windows writes it. */
  @Override
  public String toString() {
    return "{" + uuid.toString().toUpperCase(Locale.ROOT) + "}";
  }
}
