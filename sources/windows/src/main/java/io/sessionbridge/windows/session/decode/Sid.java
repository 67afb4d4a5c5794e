package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;

/** A security identifier as text: {@code S-1-5-21-...} ({@code SID} in {@code winnt.h}). */
public final class Sid {

  private static final int COUNT = 1;
  private static final int AUTHORITY = 2;
  private static final int SUB_AUTHORITIES = 8;
  private static final int MOST_SUB_AUTHORITIES = 15;

  private Sid() {}

  /**
   * Reads one out of memory; not by the name of its account, because a look-up loses those that no
   * domain controller knows, such as users of Entra.
   */
  public static String text(Pointer sid) {
    int revision = Byte.toUnsignedInt(sid.getByte(0));
    int count = Byte.toUnsignedInt(sid.getByte(COUNT));
    if (count > MOST_SUB_AUTHORITIES) {
      throw new IllegalArgumentException("a SID of " + count + " parts, the most is 15");
    }
    StringBuilder text = new StringBuilder("S-").append(revision).append('-');
    text.append(authority(sid.getByteArray(AUTHORITY, SUB_AUTHORITIES - AUTHORITY)));
    for (int i = 0; i < count; i++) {
      int part = sid.getInt(SUB_AUTHORITIES + 4L * i);
      text.append('-').append(Integer.toUnsignedString(part));
    }
    return text.toString();
  }

  /** The only number in it that has its high byte first. */
  private static long authority(byte[] bytes) {
    long value = 0;
    for (byte next : bytes) {
      value = value << 8 | (next & 0xFFL);
    }
    return value;
  }
}
