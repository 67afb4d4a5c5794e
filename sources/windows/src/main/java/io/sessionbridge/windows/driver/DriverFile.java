package io.sessionbridge.windows.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the headers of a file say about it as a driver (PE format).
 *
 * @param isDriver whether it is a native image for x64
 * @param isSigned whether it contains a signature, of any signer
 */
record DriverFile(boolean isDriver, boolean isSigned) {

  private static final DriverFile NONE = new DriverFile(false, false);
  private static final int HEADER_OFFSET = 0x3C;
  private static final int PE = 0x4550;
  private static final int MACHINE_X64 = 0x8664;
  private static final int OPTIONAL_HEADER = 24;
  private static final int PE32_PLUS = 0x20B;
  private static final int SUBSYSTEM = 68;
  private static final int NATIVE = 1;
  private static final int DIRECTORY_COUNT = 108;
  private static final int CERTIFICATES = 112 + 4 * 8;
  private static final int CERTIFICATE_DIRECTORY = 4;

  /** Accepts any bytes. */
  static DriverFile of(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    if (file.length < HEADER_OFFSET + 4) {
      return NONE;
    }
    int header = bytes.getInt(HEADER_OFFSET);
    long end = Integer.toUnsignedLong(header) + OPTIONAL_HEADER + CERTIFICATES + 8;
    if (header < 0 || end > file.length || bytes.getInt(header) != PE) {
      return NONE;
    }
    int optional = header + OPTIONAL_HEADER;
    boolean driver =
        Short.toUnsignedInt(bytes.getShort(header + 4)) == MACHINE_X64
            && bytes.getShort(optional) == PE32_PLUS
            && bytes.getShort(optional + SUBSYSTEM) == NATIVE;
    boolean signed =
        bytes.getInt(optional + DIRECTORY_COUNT) > CERTIFICATE_DIRECTORY
            && bytes.getInt(optional + CERTIFICATES + 4) != 0;
    return new DriverFile(driver, driver && signed);
  }
}
