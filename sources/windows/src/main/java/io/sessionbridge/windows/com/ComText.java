package io.sessionbridge.windows.com;

import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Copies UTF-16 strings from native memory, regardless of the system's wide character size. */
final class ComText {

  private static final int MOST_UNITS = 256;

  private ComText() {}

  /**
   * The text of a BSTR. Its length in bytes precedes it, so NULs are part of the text. NULL is an
   * empty text.
   */
  static String ofBstr(@Nullable Pointer bstr) {
    if (bstr == null) {
      return "";
    }
    int bytes = bstr.getInt(-Integer.BYTES);
    return bstr.getByteBuffer(0, bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
  }

  /** A NUL-terminated text of at most 256 units: a method name. */
  static String terminated(Pointer text) {
    StringBuilder copy = new StringBuilder();
    for (int i = 0; i < MOST_UNITS; i++) {
      char unit = (char) text.getShort(2L * i);
      if (unit == 0) {
        break;
      }
      copy.append(unit);
    }
    return copy.toString();
  }
}
