package io.sessionbridge.sink.syslog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Removes control characters from messages: below the space, and DEL. A tab stays: it has no
 * meaning in syslog, and separates attributes in LEEF.
 */
final class Controls {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long SPACES = 0x2020_2020_2020_2020L;
  private static final long DELS = 0x7F7F_7F7F_7F7F_7F7FL;
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  private static final int DEL = 127;

  private Controls() {}

  /** Copies the start of a UTF-8 text, with a space for each control character except a tab. */
  static void copyWithout(byte[] from, int count, byte[] to, int at) {
    System.arraycopy(from, 0, to, at, count);
    int clean = cleanBytes(from, count);
    for (int i = clean; i < count; i++) {
      if (isControl(from[i])) {
        to[at + i] = ' ';
      }
    }
  }

  /**
   * The number of leading bytes that contain none, checked eight at a time: a message is nearly
   * always clean and has about a thousand bytes. A byte is below a limit of at most 128 if
   * subtracting the limit borrows into its highest bit, which was not set; 0 is below 1.
   */
  private static int cleanBytes(byte[] bytes, int count) {
    int i = 0;
    while (i + Long.BYTES <= count) {
      long eight = (long) EIGHT_BYTES.get(bytes, i);
      long zeroWhereDel = eight ^ DELS;
      long found = (eight - SPACES) & ~eight | (zeroWhereDel - ONES) & ~zeroWhereDel;
      if ((found & HIGH_BITS) != 0) {
        break;
      }
      i += Long.BYTES;
    }
    return i;
  }

  private static boolean isControl(byte b) {
    return b >= 0 && b < ' ' && b != '\t' || b == DEL;
  }
}
