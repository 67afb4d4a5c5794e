package io.sessionbridge.source.replay;

import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where a replay resumes after a restart: after a line of a certain file.
 *
 * <pre>
 *  0  1  version: 1 for a file that is read once, 2 for a file that is followed
 *  1  8  offset
 *  9  8  number of the last line
 * 17  8  fingerprint: CRC32C of the first 512 bytes of the file, CRC32C of the last 512 before the
 *        offset
 *        version 2 continues with
 * 25  8  when the file was changed, as last seen, microseconds since 1970
 * 33  8  size of the file that was read to its end before this one, 0 if there is none
 * 41  8  fingerprint of that file
 * 49     device and inode of the file as text, to the end or to a line feed; empty if the
 *        system has none
 *        after a line feed, if a later file was seen but not read
 *     8  size of that file
 *     8  fingerprint of that file up to that size
 * </pre>
 *
 * All numbers are big-endian. Later versions only append.
 *
 * @param offset in bytes, regardless of the encoding
 */
record ReplayPosition(
    long offset, long line, long fingerprint, Optional<Lineage> lineage, Optional<Ahead> ahead) {

  static final ReplayPosition BEGINNING = new ReplayPosition(0, 0, 0, Optional.empty());

  private static final byte AHEAD = '\n';
  private static final int AHEAD_SIZE = 17;

  private static final byte ONCE = 1;
  private static final byte FOLLOWED = 2;
  private static final int SIZE = 25;
  private static final int LONGEST_KEY = 200;

  /**
   * Identifies a file after a rename, and its successors.
   *
   * @param key device and inode; empty if the system has none
   * @param modifiedMicros modification time, as last seen
   * @param previousSize size of the file that was read before
   * @param previousFingerprint fingerprint of that file
   */
  record Lineage(String key, long modifiedMicros, long previousSize, long previousFingerprint) {}

  /**
   * The newest file that was seen but not read.
   *
   * @param size its size, as last seen
   * @param fingerprint its fingerprint up to that size
   */
  record Ahead(long size, long fingerprint) {

    /** The position up to which a file must match to be this one or a copy. */
    ReplayPosition place() {
      return new ReplayPosition(size, 0, fingerprint, Optional.empty());
    }
  }

  ReplayPosition(long offset, long line, long fingerprint, Optional<Lineage> lineage) {
    this(offset, line, fingerprint, lineage, Optional.empty());
  }

  byte[] encode() {
    byte[] key = lineage.map(Lineage::key).orElse("").getBytes(StandardCharsets.UTF_8);
    int keyLength = Math.min(key.length, LONGEST_KEY);
    int lineageSize = lineage.isEmpty() ? 0 : 24 + keyLength;
    ByteBuffer out = ByteBuffer.allocate(SIZE + lineageSize + (ahead.isEmpty() ? 0 : AHEAD_SIZE));
    out.put(lineage.isEmpty() ? ONCE : FOLLOWED).putLong(offset).putLong(line).putLong(fingerprint);
    lineage.ifPresent(
        more ->
            out.putLong(more.modifiedMicros)
                .putLong(more.previousSize)
                .putLong(more.previousFingerprint)
                .put(key, 0, keyLength));
    ahead.ifPresent(seen -> out.put(AHEAD).putLong(seen.size).putLong(seen.fingerprint));
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
    int keyEnd = in.position();
    while (keyEnd < bytes.length && bytes[keyEnd] != AHEAD) {
      keyEnd++;
    }
    String key = new String(bytes, in.position(), keyEnd - in.position(), StandardCharsets.UTF_8);
    Lineage more = new Lineage(key, modified, previousSize, previousFingerprint);
    return Optional.of(once.with(more).with(aheadIn(in.position(keyEnd))));
  }

  private static Optional<Ahead> aheadIn(ByteBuffer in) {
    if (in.remaining() < AHEAD_SIZE) {
      return Optional.empty();
    }
    in.get();
    return Optional.of(new Ahead(in.getLong(), in.getLong()));
  }

  ReplayPosition with(Lineage more) {
    return new ReplayPosition(offset, line, fingerprint, Optional.of(more), ahead);
  }

  ReplayPosition with(Optional<Ahead> seen) {
    return new ReplayPosition(offset, line, fingerprint, lineage, seen);
  }

  /**
   * Whether the file holds everything that was read, as far as the samples show. Does not compare
   * the size, see {@link FileContent#isIntact}.
   */
  boolean fits(StorageFile file) throws IOException {
    return Sample.fingerprint(file, offset) == fingerprint;
  }
}
