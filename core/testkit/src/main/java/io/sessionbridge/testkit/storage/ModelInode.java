package io.sessionbridge.testkit.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** A file's bytes, as the program sees them and as the disk has them. */
final class ModelInode {

  static final int SECTOR = 512;

  private byte[] seen = new byte[SECTOR];
  private int seenSize;
  private byte[] durable = new byte[0];
  private int durableSize;
  private final BitSet dirty = new BitSet();

  int size() {
    return seenSize;
  }

  int read(ByteBuffer target, long position) {
    int length = (int) Math.min(target.remaining(), Math.max(0, seenSize - position));
    if (length > 0) {
      target.put(seen, (int) position, length);
    }
    return length;
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
   * What Linux makes of a force that fails: the pages count as written, are still seen, and never
   * reach the disk unless they are written again.
   */
  void failForce() {
    dirty.clear();
  }

  /** Each sector that was not forced is there or not, as chance will have it; so is the size. */
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
