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
 * A small value that is overwritten again and again and never lost: two slots, of which the one
 * that is known to be on the disk is not touched until the other one is.
 *
 * <pre>
 * slot 0 at 0, slot 1 at 16384, each:
 *  0  4  magic "SBsl"
 *  4  4  format version, 1
 *  8  8  generation; the valid slot with the higher one counts
 * 16  4  length of the value
 * 20  4  CRC32C of the value
 * 24  4  zero
 * 28  4  CRC32C of bytes 0 to 27
 * 32  *  the value
 * </pre>
 *
 * Not safe for use by several threads.
 */
public final class TwoSlotFile implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TwoSlotFile.class);

  public static final int SLOT = 16 << 10;
  private static final int HEADER = 32;
  private static final int CRC_AT = 28;
  private static final int MAGIC = 0x5342736C;
  private static final int VERSION = 1;
  static final int LONGEST_VALUE = SLOT - HEADER;

  private final StorageFile file;
  private int durableSlot;
  private long generation;
  private boolean dirty;
  private boolean writeAgain;
  private byte[] last = {};

  private TwoSlotFile(StorageFile file) {
    this.file = file;
  }

  /** A value and where it was found. */
  private record Found(int slot, long generation, byte[] value) {}

  /**
   * A file and the value that stands in it.
   *
   * @param value null if neither slot is valid
   * @param blank true if nothing was ever written: a crash came between making and filling it
   * @param unforced why the value could not be made durable; null if it is. It may be gone after a
   *     crash, until {@link #force} works
   */
  public record Opened(
      TwoSlotFile file, byte @Nullable [] value, boolean blank, @Nullable IOException unforced) {}

  /**
   * Makes the file, durable with its name, over what an attempt that failed left behind. Takes the
   * room of both slots at once: on a full disk segments must still be let go, and that needs writes
   * here.
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
   * Opens a file that is there.
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
      IOException unforced = result.goOnFrom(newest, first != null && second != null);
      return new Opened(result, newest.value, false, unforced);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Makes what was read durable: it may not be on the disk yet, and the other slot will be
   * overwritten. Where that fails, the slot that was read is written again, and the other one stays
   * if there is something in it.
   *
   * @return why it failed; null if it did not
   */
  private @Nullable IOException goOnFrom(Found newest, boolean otherIsValid)
      throws ClosedChannelException {
    durableSlot = newest.slot;
    generation = newest.generation;
    try {
      file.force();
      return null;
    } catch (ClosedChannelException e) {
      throw e; // an interrupt, and nothing of the disk
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

  /** The bytes of a slot; none if the disk does not give them back: then the other one counts. */
  private static ByteBuffer readSlot(StorageFile file, int slot, Path path)
      throws ClosedChannelException {
    ByteBuffer in = ByteBuffer.allocate(SLOT);
    for (int tries = 1; ; tries++) {
      try {
        file.read(in.clear(), (long) slot * SLOT);
        return in.flip();
      } catch (ClosedChannelException e) {
        throw e; // an interrupt, and nothing of the disk
      } catch (IOException e) {
        if (tries == 3) {
          LOG.warn("journal: slot {} of {} cannot be read: {}", slot, path, e.getMessage());
          return in.clear().limit(0);
        }
      }
    }
  }

  /** Writes the value into the slot that is not known to be on the disk. */
  public void write(byte[] value) throws IOException {
    if (value.length > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "a value may have " + LONGEST_VALUE + " bytes, had " + value.length);
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
   * Makes the last written value durable. After a write that failed nobody knows what stands there,
   * and after a force that failed the system may report success for pages that it threw away. So
   * the value is written again first.
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
