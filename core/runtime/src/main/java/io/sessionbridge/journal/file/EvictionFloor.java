package io.sessionbridge.journal.file;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The file with the highest evicted sequence: a {@link TwoSlotFile} whose value is that sequence, 8
 * bytes.
 */
public final class EvictionFloor {

  public static final String FILE = "evicted.floor";

  private EvictionFloor() {}

  /** The sequence in the file; 0 without a valid value. */
  public static long in(byte @Nullable [] value) {
    return value == null ? 0 : ByteBuffer.wrap(value).getLong();
  }

  public static byte[] encode(long sequence) {
    return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
  }
}
