package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Text in the memory of Windows, in UTF-16, whatever the width of a character where this runs. A
 * half of a pair stays what it is: names in Windows may have them.
 */
public final class WideText {

  private static final int COUNTED_TEXT = 8;

  private WideText() {}

  /** Text in a field of fixed size, which a NUL ends if it is shorter than the field. */
  public static String inField(Pointer memory, long offset, int chars) {
    String field = decode(memory.getByteArray(offset, chars * Character.BYTES));
    int end = field.indexOf(0);
    return end < 0 ? field : field.substring(0, end);
  }

  /**
   * An {@code LSA_UNICODE_STRING}: length in bytes, room in bytes, address. No NUL ends it.
   *
   * @return empty where it says nothing
   */
  static Optional<String> counted(Pointer memory, long offset) {
    int length = Short.toUnsignedInt(memory.getShort(offset));
    Pointer text = memory.getPointer(offset + COUNTED_TEXT);
    return text == null || length == 0
        ? Optional.empty()
        : Optional.of(decode(text.getByteArray(0, length)));
  }

  private static String decode(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
  }
}
