package io.sessionbridge.journal.file;

import io.sessionbridge.journal.JournalException;
import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small value that can be overwritten repeatedly without ever being lost: two slots, of which the
 * durable one is not changed until the other one is durable.
 *
 * <pre>
 * slot 0 at 0, slot 1 at 16384, each:
 *  0  4  magic "SBsl"
 *  4  4  format version, 1
 *  8  8  generation; of two valid slots the higher one counts
 * 16  4  length of the value
 * 20  4  CRC32C of the value
 * 24  4  zero
 * 28  4  CRC32C of bytes 0 to 27
 * 32  *  the value
 * </pre>
 *
 * Not thread-safe.
 */
public final class TwoSlotFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TwoSlotFile.class);

  public static final int SLOT = 16 << 10;
  private static final int HEADER = 32;
  private static final int CRC_AT = 28;
  private static final int MAGIC = 0x5342736C;
  private static final int VERSION = 1;
  static final int MAX_VALUE_BYTES = SLOT - HEADER;

  private final StorageFile file;
  private int durableSlot;
  private long generation;
  private boolean dirty;
  private boolean writeAgain;
  private byte[] last = {};

  private TwoSlotFile(StorageFile file) {
    this.file = file;
  }

  /** A value and its slot. */
  private record Found(int slot, long generation, byte[] value) {}

  /**
   * A file and its value.
   *
   * @param value null if neither slot is valid
   * @param blank true if the file was never written, because a crash came right after its creation
   * @param unforced why the value could not be made durable; null if it is durable. A crash may
   *     lose the value until {@link #force} succeeds
   */
  public record Opened(
      TwoSlotFile file, byte @Nullable [] value, boolean blank, @Nullable IOException unforced) {}

  /**
   * Creates the file, durable with its name, replacing the remains of a failed attempt. Allocates
   * both slots at once, because deleting segments on a full disk requires writes to this file.
   */
  public static TwoSlotFile create(Storage storage, Path folder, String name, byte[] value)
      throws IOException {
    Path path = folder.resolve(name);
    storage.delete(path);
    StorageFile file = storage.create(path);
    try {
      TwoSlotFile result = new TwoSlotFile(file);
      result.durableSlot = 1;
      file.write(ByteBuffer.allocate(2 * SLOT), 0);
      result.write(value);
      result.force();
      storage.forceFolder(folder);
      return result;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Opens an existing file.
   *
   * @throws JournalException if it is of a later version
   * @throws IOException if it cannot be opened
   */
  public static Opened open(Storage storage, Path path) throws IOException {
    StorageFile file = storage.open(path);
    try {
      TwoSlotFile result = new TwoSlotFile(file);
      Found first = read(file, 0, path);
      Found second = read(file, 1, path);
      Found newest = newest(first, second);
      if (newest == null) {
        return new Opened(result, null, isBlank(file), null);
      }
      IOException unforced = result.resumeFrom(newest, first != null && second != null);
      return new Opened(result, newest.value, false, unforced);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Makes the value that was read durable: it may not be on the disk yet, and the other slot will
   * be overwritten. If that fails, the slot of the value is written again, and the other slot is
   * kept if it is valid.
   *
   * @return why it failed; null on success
   */
  private @Nullable IOException resumeFrom(Found newest, boolean otherIsValid)
      throws ClosedChannelException {
    durableSlot = newest.slot;
    generation = newest.generation;
    try {
      file.force();
      return null;
    } catch (ClosedChannelException e) {
      throw e; // an interrupt, not a disk error
    } catch (IOException e) {
      durableSlot = otherIsValid ? 1 - newest.slot : newest.slot;
      last = newest.value;
      dirty = true;
      writeAgain = true;
      return e;
    }
  }

  /**
   * Reads the value of a file and changes nothing; null if neither slot is valid.
   *
   * @throws JournalException if it is of a later version
   */
  public static byte @Nullable [] peek(Storage storage, Path path) throws IOException {
    try (StorageFile file = storage.openReadOnly(path)) {
      Found newest = newest(read(file, 0, path), read(file, 1, path));
      return newest == null ? null : newest.value;
    }
  }

  private static @Nullable Found newest(@Nullable Found first, @Nullable Found second) {
    return second == null || first != null && first.generation > second.generation ? first : second;
  }

  private static boolean isBlank(StorageFile file) {
    ByteBuffer all = ByteBuffer.allocate(2 * SLOT);
    try {
      file.read(all, 0);
    } catch (IOException e) {
      return false;
    }
    for (all.flip(); all.hasRemaining(); ) {
      if (all.get() != 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Found read(StorageFile file, int slot, Path path) throws IOException {
    ByteBuffer in = readSlot(file, slot, path);
    if (in.limit() < HEADER
        || in.getInt(0) != MAGIC
        || in.getInt(CRC_AT) != Checksum.of(in, 0, CRC_AT)) {
      return null;
    }
    if (in.getInt(4) > VERSION) {
      throw new JournalException(
          path
              + " is of version "
              + in.getInt(4)
              + ", this program reads up to "
              + VERSION
              + ": use the newer program again");
    }
    int length = in.getInt(16);
    if (length < 0
        || length > in.limit() - HEADER
        || in.getInt(20) != Checksum.of(in, HEADER, length)) {
      return null;
    }
    byte[] value = new byte[length];
    in.get(HEADER, value);
    return new Found(slot, in.getLong(8), value);
  }

  /** The bytes of a slot; empty if the disk cannot read them, so that the other slot counts. */
  private static ByteBuffer readSlot(StorageFile file, int slot, Path path)
      throws ClosedChannelException {
    ByteBuffer in = ByteBuffer.allocate(SLOT);
    for (int tries = 1; ; tries++) {
      try {
        file.read(in.clear(), (long) slot * SLOT);
        return in.flip();
      } catch (ClosedChannelException e) {
        throw e; // an interrupt, not a disk error
      } catch (IOException e) {
        if (tries == 3) {
          LOG.warn(
              "journal: copy {} of 2 of {} cannot be read: {}", slot + 1, path, e.getMessage());
          return in.clear().limit(0);
        }
      }
    }
  }

  /** Writes the value to the slot that is not the durable one. */
  public void write(byte[] value) throws IOException {
    if (value.length > MAX_VALUE_BYTES) {
      throw new IllegalArgumentException(
          "a value may have " + MAX_VALUE_BYTES + " bytes, had " + value.length);
    }
    ByteBuffer out = ByteBuffer.allocate(HEADER + value.length);
    generation++;
    last = value;
    out.putInt(MAGIC).putInt(VERSION).putLong(generation).putInt(value.length);
    out.putInt(Checksum.of(value, 0, value.length)).putInt(0);
    out.putInt(Checksum.of(out, 0, CRC_AT)).put(value).flip();
    dirty = true;
    writeAgain = true;
    file.write(out, (long) (1 - durableSlot) * SLOT);
    writeAgain = false;
  }

  public boolean isDirty() {
    return dirty;
  }

  /**
   * Makes the last written value durable. After a failed write the content is undefined, and after
   * a failed force the system may report success for pages that it dropped. In both cases, the
   * value is written again first.
   */
  public void force() throws IOException {
    if (!dirty) {
      return;
    }
    if (writeAgain) {
      write(last);
    }
    writeAgain = true;
    file.force();
    writeAgain = false;
    durableSlot = 1 - durableSlot;
    dirty = false;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
