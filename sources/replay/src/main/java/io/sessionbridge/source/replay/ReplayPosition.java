package io.sessionbridge.source.replay;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a replay goes on after a restart: behind a line of a certain file.
 *
 * <pre>
 *  0  1  version: 1 of a file that is read once, 2 of a file that is followed
 *  1  8  offset
 *  9  8  number of the last line
 * 17  8  fingerprint: CRC32C of the first 512 bytes of the file, CRC32C of the last 512 before the
 *        offset
 *        version 2 goes on with
 * 25  8  when the file was changed, as last seen, microseconds since 1970
 * 33  8  size of the file that was read to its end before this one, 0 if there is none
 * 41  8  fingerprint of that file
 * 49     device and inode of the file as text, to the end; nothing where the system has none
 * </pre>
 *
 * All numbers are big-endian. A later version only adds behind.
 *
 * @param offset in bytes of the file, whatever its encoding
 */
record ReplayPosition(long offset, long line, long fingerprint, Optional<Lineage> lineage) {

  static final ReplayPosition BEGINNING = new ReplayPosition(0, 0, 0, Optional.empty());

  private static final byte ONCE = 1;
  private static final byte FOLLOWED = 2;
  private static final int SIZE = 25;
  private static final int LONGEST_KEY = 200;

  /**
   * What finds a file again that has another name now, and those that came after it.
   *
   * @param key device and inode; empty where the system has none
   * @param modifiedMicros when the file was changed, as last seen
   * @param previousSize of the file that was read before
   * @param previousFingerprint of that file
   */
  record Lineage(String key, long modifiedMicros, long previousSize, long previousFingerprint) {}

  byte[] encode() {
    byte[] key = lineage.map(Lineage::key).orElse("").getBytes(StandardCharsets.UTF_8);
    int keyLength = Math.min(key.length, LONGEST_KEY);
    ByteBuffer out = ByteBuffer.allocate(lineage.isEmpty() ? SIZE : SIZE + 24 + keyLength);
    out.put(lineage.isEmpty() ? ONCE : FOLLOWED).putLong(offset).putLong(line).putLong(fingerprint);
    lineage.ifPresent(
        more ->
            out.putLong(more.modifiedMicros)
                .putLong(more.previousSize)
                .putLong(more.previousFingerprint)
                .put(key, 0, keyLength));
    return out.array();
  }

  static Optional<ReplayPosition> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < SIZE) {
      return Optional.empty();
    }
    byte version = in.get();
    ReplayPosition once =
        new ReplayPosition(in.getLong(), in.getLong(), in.getLong(), Optional.empty());
    if (version == ONCE && bytes.length == SIZE) {
      return Optional.of(once);
    }
    if (version != FOLLOWED || in.remaining() < 24) {
      return Optional.empty();
    }
    long modified = in.getLong();
    long previousSize = in.getLong();
    long previousFingerprint = in.getLong();
    String key = StandardCharsets.UTF_8.decode(in).toString();
    Lineage more = new Lineage(key, modified, previousSize, previousFingerprint);
    return Optional.of(once.with(more));
  }

  ReplayPosition with(Lineage more) {
    return new ReplayPosition(offset, line, fingerprint, Optional.of(more));
  }

  /** True if the file has all that was read, as far as the samples tell. */
  boolean fits(StorageFile file) throws IOException {
    return file.size() >= offset && Sample.fingerprint(file, offset) == fingerprint;
  }
}
