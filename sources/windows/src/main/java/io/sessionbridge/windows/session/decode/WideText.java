package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * UTF-16 text in native memory, regardless of the platform's wide character size. Unpaired
 * surrogates are kept: Windows names may have them.
 */
public final class WideText {

  private static final int COUNTED_TEXT = 8;

  private WideText() {}

  /** Text in a fixed-size field, terminated by a NUL if it is shorter. */
  public static String inField(Pointer memory, long offset, int chars) {
    String field = decode(memory.getByteArray(offset, chars * Character.BYTES));
    int end = field.indexOf(0);
    return end < 0 ? field : field.substring(0, end);
  }

  /**
   * An {@code LSA_UNICODE_STRING}: length in bytes, capacity in bytes, pointer. Not NUL-terminated.
   *
   * @return empty if the text is missing or empty
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
