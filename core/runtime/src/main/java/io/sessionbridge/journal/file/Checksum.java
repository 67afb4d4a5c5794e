package io.sessionbridge.journal.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C, the checksum of every structure on disk. */
public final class Checksum {

  private Checksum() {}

  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** The checksum of bytes at an absolute position; does not change the buffer's position. */
  public static int of(ByteBuffer buffer, int offset, int length) {
    if (buffer.hasArray()) { // saves a slice for each of millions of records
      return of(buffer.array(), buffer.arrayOffset() + offset, length);
    }
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(offset, length));
    return (int) crc.getValue();
  }
}
