package io.sessionbridge.journal.file;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.BitSet;

/**
 * Reads a file that may have unreadable blocks. Blocks that were given up read as zeros, which are
 * never a record. One thread.
 */
public final class BlockFile implements AutoCloseable {

  /** The size of a page of the system's cache and of a sector of most disks. */
  public static final int BLOCK = 4096;

  /** The most blocks skipped after a failed one, because each failure may take seconds. */
  private static final int MAX_SKIP = 64;

  private static final int IMMEDIATE_TRIES = 2;

  private final Path path;
  private final StorageFile file;
  private final BitSet givenUp;
  private boolean givesUp;
  private int skip = 1;

  /**
   * Opens the file.
   *
   * @param givenUp the numbers of blocks that are no longer read; this adds to it
   * @param givesUp whether to give up a failing block at once
   */
  public BlockFile(Storage storage, Path path, BitSet givenUp, boolean givesUp) throws IOException {
    this.path = path;
    this.givenUp = givenUp;
    this.givesUp = givesUp;
    this.file = storage.openReadOnly(path);
  }

  /** Changes whether failing blocks are given up at once. */
  public void givesUp(boolean atOnce) {
    givesUp = atOnce;
  }

  /**
   * Reads until the buffer is full or the file ends.
   *
   * @throws UnreadableException if a block fails and is not given up
   */
  public void read(ByteBuffer target, long position) throws IOException {
    int start = target.position();
    if (!isUnreadable(position, target.remaining())) {
      try {
        file.read(target, position);
        return;
      } catch (ClosedChannelException e) {
        throw e; // an interrupt, not a disk error
      } catch (IOException e) {
        target.position(start); // find the block that fails
      }
    }
    readBlocks(target, position);
  }

  private void readBlocks(ByteBuffer target, long position) throws IOException {
    long size = file.size();
    long end = Math.min(position + target.remaining(), size);
    for (long at = position; at < end; ) {
      int block = Math.toIntExact(at / BLOCK);
      int bytes = Math.toIntExact(Math.min(end, (block + 1L) * BLOCK) - at);
      if (givenUp.get(block)) {
        target.put(new byte[bytes]);
      } else if (readBlock(target, at, bytes)) {
        skip = 1;
      } else {
        givenUp.set(block, Math.min(block + skip, Math.toIntExact((size + BLOCK - 1) / BLOCK)));
        skip = Math.min(2 * skip, MAX_SKIP);
        target.put(new byte[bytes]);
      }
      at += bytes;
    }
  }

  /** Returns false if the block must be given up. */
  private boolean readBlock(ByteBuffer target, long at, int bytes) throws IOException {
    int start = target.position();
    int limit = target.limit();
    for (int tries = 1; ; tries++) {
      try {
        target.limit(start + bytes);
        file.read(target, at);
        return true;
      } catch (ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        target.position(start);
        if (!givesUp) {
          throw new UnreadableException(path, at, bytes, e);
        }
        if (tries == IMMEDIATE_TRIES) {
          return false;
        }
      } finally {
        target.limit(limit);
      }
    }
  }

  /** Whether any of the bytes is given up. */
  public boolean isUnreadable(long position, long bytes) {
    int first = Math.toIntExact(position / BLOCK);
    int found = givenUp.nextSetBit(first);
    return found >= 0 && (long) found * BLOCK < position + bytes;
  }

  /** The length of the contiguous given-up range at or after the position. */
  public long unreadableFrom(long position) throws IOException {
    int first = Math.toIntExact(position / BLOCK);
    int start = Math.max(first, givenUp.nextSetBit(first));
    long end = Math.min((long) givenUp.nextClearBit(start) * BLOCK, file.size());
    return Math.max(0, end - position);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
