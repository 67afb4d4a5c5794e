package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A security identifier as text: {@code S-1-5-21-...} ({@code SID} in {@code winnt.h}). */
public final class Sid {

  private static final int COUNT = 1;
  private static final int AUTHORITY = 2;
  private static final int SUB_AUTHORITIES = 8;
  private static final int MOST_SUB_AUTHORITIES = 15;
  private static final long MOST_AUTHORITY = (1L << 48) - 1;
  private static final long MOST_PART = (1L << 32) - 1;

  /** Parts of at most 15 digits, which fit in a {@code long}. */
  private static final Pattern TEXT = Pattern.compile("S-1-(\\d{1,15})((?:-\\d{1,10}){0,15})");

  private Sid() {}

  /**
   * Reads a SID from memory. The account's name is not looked up, because that fails for accounts
   * that no domain controller knows, such as Entra users.
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

  /** Converts the output of {@link #text} back to bytes; empty if it is not a SID. */
  public static Optional<byte[]> bytes(String text) {
    Matcher parsed = TEXT.matcher(text);
    if (!parsed.matches()) {
      return Optional.empty();
    }
    String rest = parsed.group(2);
    String[] parts = rest.isEmpty() ? new String[0] : rest.substring(1).split("-", -1);
    long authority = Long.parseLong(parsed.group(1));
    if (authority > MOST_AUTHORITY || parts.length > MOST_SUB_AUTHORITIES) {
      return Optional.empty();
    }
    ByteBuffer sid = ByteBuffer.allocate(SUB_AUTHORITIES + 4 * parts.length);
    sid.putLong(authority); // the two high bytes are overwritten by revision and count
    sid.put(0, (byte) 1).put(COUNT, (byte) parts.length);
    sid.order(ByteOrder.LITTLE_ENDIAN);
    for (String part : parts) {
      long value = Long.parseLong(part);
      if (value > MOST_PART) {
        return Optional.empty();
      }
      sid.putInt((int) value);
    }
    return Optional.of(sid.array());
  }

  /** The authority is the only big-endian number. */
  private static long authority(byte[] bytes) {
    long value = 0;
    for (byte next : bytes) {
      value = value << 8 | (next & 0xFFL);
    }
    return value;
  }
}
