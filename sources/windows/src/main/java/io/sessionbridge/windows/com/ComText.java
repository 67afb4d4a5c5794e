package io.sessionbridge.windows.com;

import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Copies texts of UTF-16 units out of native memory, whatever the system's own wide characters. */
final class ComText {

  private static final int MOST_UNITS = 256;

  private ComText() {}

  /**
   * The text of a BSTR, whose length in bytes stands before it: NULs inside it are part of it. NULL
   * is an empty text.
   */
  static String ofBstr(@Nullable Pointer bstr) {
    if (bstr == null) {
      return "";
    }
    int bytes = bstr.getInt(-Integer.BYTES);
    return bstr.getByteBuffer(0, bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
  }

  /** A text up to its NUL, at most 256 units: it is the name of a method. */
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
