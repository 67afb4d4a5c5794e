package io.sessionbridge.testkit.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The content of a file, as the program sees it and as it is on the disk. */
final class ModelInode {

  static final int SECTOR = 512;

  private byte[] seen = new byte[SECTOR];
  private int seenSize;
  private byte[] durable = new byte[0];
  private int durableSize;
  private final BitSet dirty = new BitSet();
  private final List<BadRange> badRanges = new ArrayList<>();
  private @Nullable String openFailure;
  private @Nullable String writeFailure;

  /** Bytes that cannot be read, for a number of attempts. */
  private static final class BadRange {
    private final long from;
    private final long to;
    private long failures;

    BadRange(long from, long to, long failures) {
      this.from = from;
      this.to = to;
      this.failures = failures;
    }

    boolean touches(long start, long end) {
      return failures > 0 && start < to && from < end;
    }
  }

  /** Makes every attempt to open it fail. */
  void failOpen(String message) {
    openFailure = message;
  }

  void requireOpenable(Path file) throws IOException {
    if (openFailure != null) {
      throw new IOException(file + ": " + openFailure);
    }
  }

  /** Makes every write and force fail; null ends that. */
  void failWrites(@Nullable String message) {
    writeFailure = message;
  }

  void requireWritable(Path file) throws IOException {
    if (writeFailure != null) {
      throw new IOException(file + ": " + writeFailure);
    }
  }

  int size() {
    return seenSize;
  }

  /** The content as the program wrote it, readable or not. */
  byte[] bytes() {
    return Arrays.copyOf(seen, seenSize);
  }

  /** Reads like a disk: up to the first unreadable byte, then fails. */
  int read(ByteBuffer target, long position) throws IOException {
    int length = (int) Math.min(target.remaining(), Math.max(0, seenSize - position));
    for (BadRange bad : badRanges) {
      if (bad.touches(position, position + length)) {
        bad.failures--;
        int before = (int) Math.max(0, bad.from - position);
        target.put(seen, (int) position, before);
        throw new IOException("Input/output error");
      }
    }
    if (length > 0) {
      target.put(seen, (int) position, length);
    }
    return length;
  }

  /** Makes reads of these bytes fail. */
  void unreadable(long from, long to, long failures) {
    badRanges.add(new BadRange(from, to, failures));
  }

  /** Makes everything readable again. */
  void readable() {
    badRanges.clear();
  }

  void write(ByteBuffer source, long position) {
    int start = Math.toIntExact(position);
    int end = start + source.remaining();
    if (end > seen.length) {
      seen = Arrays.copyOf(seen, Math.max(end, 2 * seen.length));
    }
    source.get(seen, start, end - start);
    seenSize = Math.max(seenSize, end);
    dirty.set(start / SECTOR, (end + SECTOR - 1) / SECTOR);
  }

  void truncate(int size) {
    if (size < seenSize) {
      Arrays.fill(seen, size, seenSize, (byte) 0);
      dirty.set(size / SECTOR, (seenSize + SECTOR - 1) / SECTOR);
      seenSize = size;
    }
  }

  void force() {
    durable = Arrays.copyOf(durable, seenSize);
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      int start = sector * SECTOR;
      int end = Math.min(start + SECTOR, seenSize);
      if (end > start) {
        System.arraycopy(seen, start, durable, start, end - start);
      }
    }
    durableSize = seenSize;
    dirty.clear();
  }

  /**
   * The behaviour of Linux after a failed fsync: the pages count as clean, stay visible, and never
   * reach the disk unless they are written again.
   */
  void failForce() {
    dirty.clear();
  }

  /** Each sector that was not forced survives or not, at random; so does the size. */
  void crash(Random random) {
    int size = seenSize == durableSize || random.nextBoolean() ? seenSize : durableSize;
    byte[] result = Arrays.copyOf(durable, size);
    for (int sector = dirty.nextSetBit(0); sector >= 0; sector = dirty.nextSetBit(sector + 1)) {
      if (random.nextBoolean()) {
        int start = sector * SECTOR;
        int end = Math.min(Math.min(start + SECTOR, seenSize), size);
        if (end > start) {
          System.arraycopy(seen, start, result, start, end - start);
        }
      }
    }
    seen = result.length == 0 ? new byte[SECTOR] : result;
    seenSize = size;
    durable = result.clone();
    durableSize = size;
    dirty.clear();
  }
}
