package io.sessionbridge.ingest;

import io.sessionbridge.storage.Storage;
import io.sessionbridge.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of the session states on disk: two slots, written alternately, so that the valid
 * one stays intact during a write. Each slot is a file of its own, {@code 0.state} and {@code
 * 1.state}, because states may have any size.
 *
 * <pre>
 *  0  4  magic "SBst"
 *  4  4  format version, 1
 *  8  8  generation; of two valid slots the higher one counts
 * 16  8  the last sequence of the journal that the states include
 * 24  8  length n of the value
 * 32  4  CRC32C of the value
 * 36 24  zero
 * 60  4  CRC32C of bytes 0 to 59
 * 64  n  the value: items of length (4) and bytes
 * </pre>
 *
 * All numbers are big-endian. Not thread-safe.
 */
final class SessionsFile {

  private static final Logger LOG = LoggerFactory.getLogger(SessionsFile.class);
  private static final int HEADER = 64;
  private static final int CRC_AT = 60;
  private static final int MAGIC = 0x53427374;
  private static final int VERSION = 1;
  private static final int CHUNK = 256 << 10;

  /** The condition of the file at a start. */
  enum Condition {
    /** Nothing was written yet, or a crash interrupted the first write. */
    NEW,
    WHOLE,
    DAMAGED,
    /** Of a later version of the program. */
    NEWER
  }

  /**
   * The content of the file.
   *
   * @param sequence the last sequence that the items include; 0 unless whole
   * @param items empty unless whole
   */
  record Content(Condition condition, long sequence, List<byte[]> items) {}

  private record Slot(int number, long generation, long sequence, long length) {}

  /** Supplies the items one by one, so that they need not all be in memory. */
  @FunctionalInterface
  interface Items {
    byte @Nullable [] next();
  }

  private final Storage storage;
  private final Path folder;
  private int durableSlot = 1;
  private long generation;

  private SessionsFile(Storage storage, Path folder) {
    this.storage = storage;
    this.folder = folder;
  }

  /** A file and its content. */
  record Opened(SessionsFile file, Content content) {}

  static Opened open(Storage storage, Path folder) throws IOException {
    storage.createFolders(folder);
    SessionsFile file = new SessionsFile(storage, folder);
    return new Opened(file, file.read());
  }

  private Path path(int slot) {
    return folder.resolve(slot + ".state");
  }

  private Content read() throws IOException {
    Slot newest = null;
    boolean newer = false;
    int existing = 0;
    for (int number = 0; number < 2; number++) {
      if (!storage.exists(path(number))) {
        continue;
      }
      existing++;
      try (StorageFile file = storage.openReadOnly(path(number))) {
        newer |= isNewer(file);
        Slot slot = check(number, file);
        if (slot != null && (newest == null || slot.generation > newest.generation)) {
          newest = slot;
        }
      } catch (IOException e) {
        LOG.warn(
            "copy {} of 2 of the session states, {}, cannot be read: {}",
            number + 1,
            path(number),
            e.getMessage());
      }
    }
    if (newer) {
      return new Content(Condition.NEWER, 0, List.of());
    }
    if (newest == null) {
      return new Content(existing < 2 ? Condition.NEW : Condition.DAMAGED, 0, List.of());
    }
    durableSlot = newest.number;
    generation = newest.generation;
    return new Content(Condition.WHOLE, newest.sequence, items(newest));
  }

  private static ByteBuffer header(StorageFile file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    file.read(header, 0);
    return header.flip();
  }

  private static boolean isValid(ByteBuffer header) {
    return header.limit() == HEADER
        && header.getInt(0) == MAGIC
        && header.getInt(CRC_AT) == checksum(header, CRC_AT);
  }

  private static boolean isNewer(StorageFile file) throws IOException {
    ByteBuffer header = header(file);
    return isValid(header) && header.getInt(4) > VERSION;
  }

  private static int checksum(ByteBuffer buffer, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.slice(0, length));
    return (int) crc.getValue();
  }

  /** Null if the slot is not whole. */
  private static @Nullable Slot check(int number, StorageFile file) throws IOException {
    ByteBuffer header = header(file);
    if (!isValid(header) || header.getInt(4) != VERSION) {
      return null;
    }
    long length = header.getLong(24);
    if (length < 0 || length > file.size() - HEADER) {
      return null;
    }
    CRC32C crc = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    for (long at = 0; at < length; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(CHUNK, length - at));
      if (file.read(chunk, HEADER + at) < chunk.limit()) {
        return null;
      }
      crc.update(chunk.flip());
    }
    return (int) crc.getValue() == header.getInt(32)
        ? new Slot(number, header.getLong(8), header.getLong(16), length)
        : null;
  }

  private List<byte[]> items(Slot slot) throws IOException {
    List<byte[]> items = new ArrayList<>();
    try (StorageFile file = storage.open(path(slot.number))) {
      file.force(); // may not be on the disk yet, and the other slot will be overwritten
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
      for (long at = 0; at < slot.length; ) {
        file.read(length.clear(), HEADER + at);
        byte[] item = new byte[length.getInt(0)];
        file.read(ByteBuffer.wrap(item), HEADER + at + Integer.BYTES);
        items.add(item);
        at += Integer.BYTES + item.length;
      }
    }
    return items;
  }

  /**
   * Writes the items durably. If it fails, the previous content stays valid.
   *
   * @return the size of the items in bytes
   */
  long write(long sequence, Items items) throws IOException {
    int slot = 1 - durableSlot;
    Path path = path(slot);
    boolean isNew = !storage.exists(path);
    try (StorageFile file = isNew ? storage.create(path) : storage.open(path)) {
      long length = writeItems(file, sequence, items);
      file.truncate(HEADER + length);
      file.force();
      if (isNew) {
        storage.forceFolder(folder);
      }
      durableSlot = slot;
      generation++;
      return length;
    }
  }

  private long writeItems(StorageFile file, long sequence, Items items) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long written = 0;
    for (byte[] item = items.next(); item != null; item = items.next()) {
      if (chunk.remaining() < Integer.BYTES + item.length) {
        written += flush(chunk, crc, file, written);
        if (chunk.remaining() < Integer.BYTES + item.length) {
          chunk = ByteBuffer.allocate(Integer.BYTES + item.length);
        }
      }
      chunk.putInt(item.length).put(item);
    }
    written += flush(chunk, crc, file, written);
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(MAGIC).putInt(VERSION).putLong(generation + 1).putLong(sequence);
    header.putLong(written).putInt((int) crc.getValue());
    header.putInt(CRC_AT, checksum(header, CRC_AT));
    file.write(header.rewind(), 0);
    return written;
  }

  private static int flush(ByteBuffer chunk, CRC32C crc, StorageFile file, long at)
      throws IOException {
    int bytes = chunk.flip().limit();
    crc.update(chunk.duplicate());
    file.write(chunk, HEADER + at);
    chunk.clear();
    return bytes;
  }
}
