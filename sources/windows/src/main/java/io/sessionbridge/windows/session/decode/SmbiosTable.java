package io.sessionbridge.windows.session.decode;

import com.sun.jna.Pointer;
import java.util.Optional;
import java.util.UUID;

/**
 * The table in which the firmware describes the machine ({@code RawSMBIOSData} of {@code
 * GetSystemFirmwareTable}, and the SMBIOS specification, DSP0134).
 *
 * <pre>
 *  0 calling method   1 major   2 minor   3 revision   4 length of the structures (DWORD)   8 structures
 *
 *  a structure:  0 type   1 length   2 handle (WORD)   4 fields ...
 *  then its strings, each terminated by a NUL, and one more NUL; two if it has no strings
 * </pre>
 */
public final class SmbiosTable {

  private static final int STRUCTURES = 8;
  private static final int SYSTEM_INFORMATION = 1;
  private static final int END_OF_TABLE = 127;
  private static final int LEAST_LENGTH = 4;

  /** Offset of the UUID in a structure of type 1, and the minimum length if it has one. */
  private static final int UUID_FIELD = 8;

  private static final int UUID_END = UUID_FIELD + 16;

  private SmbiosTable() {}

  /**
   * The UUID of the machine; empty if the firmware has none: all zeros mean absent, all ones mean
   * not set.
   */
  public static Optional<UUID> systemUuid(Pointer table, long size) {
    if (size < STRUCTURES) {
      return Optional.empty();
    }
    boolean swapped = version(table) >= 0x0206;
    long end = Math.min(size, STRUCTURES + Integer.toUnsignedLong(table.getInt(4)));
    long at = STRUCTURES;
    while (at + LEAST_LENGTH <= end) {
      int type = Byte.toUnsignedInt(table.getByte(at));
      int length = Byte.toUnsignedInt(table.getByte(at + 1));
      if (length < LEAST_LENGTH || type == END_OF_TABLE) {
        return Optional.empty();
      }
      if (type == SYSTEM_INFORMATION && length >= UUID_END && at + UUID_END <= end) {
        return uuid(table.getByteArray(at + UUID_FIELD, 16), swapped);
      }
      at = afterTexts(table, at + length, end);
    }
    return Optional.empty();
  }

  private static int version(Pointer table) {
    return Byte.toUnsignedInt(table.getByte(1)) << 8 | Byte.toUnsignedInt(table.getByte(2));
  }

  private static long afterTexts(Pointer table, long from, long end) {
    long at = from;
    while (at + 1 < end && table.getShort(at) != 0) {
      at++;
    }
    return at + 2;
  }

  /** Since version 2.6 the first three parts are little-endian. */
  private static Optional<UUID> uuid(byte[] bytes, boolean swapped) {
    long high = 0;
    long low = 0;
    int[] order = swapped ? new int[] {3, 2, 1, 0, 5, 4, 7, 6} : new int[] {0, 1, 2, 3, 4, 5, 6, 7};
    for (int i = 0; i < 8; i++) {
      high = high << 8 | (bytes[order[i]] & 0xFF);
      low = low << 8 | (bytes[8 + i] & 0xFF);
    }
    boolean missing = high == 0 && low == 0 || high == -1 && low == -1;
    return missing ? Optional.empty() : Optional.of(new UUID(high, low));
  }
}
