package io.sessionbridge.source.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Where a replay goes on after a restart: behind a line of a certain file. 25 bytes: version (1),
 * offset (8), number of the last line (8), and a fingerprint of the file (8), which is the CRC32C
 * of its first and of its last 512 bytes before the offset.
 */
record ReplayPosition(long offset, long line, long fingerprint) {

  static final ReplayPosition BEGINNING = new ReplayPosition(0, 0, 0);

  private static final byte VERSION = 1;
  private static final int SIZE = 25;
  private static final int SAMPLE = 512;

  byte[] encode() {
    return ByteBuffer.allocate(SIZE)
        .put(VERSION)
        .putLong(offset)
        .putLong(line)
        .putLong(fingerprint)
        .array();
  }

  static Optional<ReplayPosition> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length != SIZE || in.get() != VERSION) {
      return Optional.empty();
    }
    return Optional.of(new ReplayPosition(in.getLong(), in.getLong(), in.getLong()));
  }

  static ReplayPosition after(Line line, FileChannel file) throws IOException {
    return new ReplayPosition(line.end(), line.number(), fingerprint(file, line.end()));
  }

  /** True if the file still begins with what was read. */
  boolean fits(FileChannel file) throws IOException {
    return file.size() >= offset && fingerprint(file, offset) == fingerprint;
  }

  private static long fingerprint(FileChannel channel, long offset) throws IOException {
    int sample = (int) Math.min(SAMPLE, offset);
    return crc(channel, 0, sample) << 32 | crc(channel, offset - sample, sample);
  }

  private static long crc(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // until it is full or the file ends
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes.flip());
    return crc.getValue();
  }
}
