package io.sessionbridge.source.replay;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Pieces of a file that identify it. */
final class Sample {

  /** The length of a piece: at the start of a file, and before an offset. */
  static final int LENGTH = 512;

  private Sample() {}

  /** Reads bytes at an offset, fewer at the end of the file. */
  static byte[] read(StorageFile file, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = Math.max(0, file.read(bytes, from));
    return Arrays.copyOf(bytes.array(), count);
  }

  /** The first bytes of a file. */
  static byte[] head(StorageFile file) throws IOException {
    return read(file, 0, LENGTH);
  }

  /** CRC32C of the first piece in the upper half, of the piece before the offset in the lower. */
  static long fingerprint(byte[] head, byte[] before) {
    return crc(head) << 32 | crc(before);
  }

  /** The fingerprint of a file up to an offset. */
  static long fingerprint(StorageFile file, long offset) throws IOException {
    int length = (int) Math.min(LENGTH, offset);
    return fingerprint(read(file, 0, length), read(file, offset - length, length));
  }

  private static long crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }

  /** Whether the longer begins with the shorter, which may be empty. */
  static boolean isPrefix(byte[] shorter, byte[] longer) {
    return longer.length >= shorter.length
        && Arrays.equals(shorter, 0, shorter.length, longer, 0, shorter.length);
  }

  /** Whether one is a prefix of the other; false if one is empty. */
  static boolean beginAlike(byte[] one, byte[] other) {
    int length = Math.min(one.length, other.length);
    return length > 0 && Arrays.equals(one, 0, length, other, 0, length);
  }
}
