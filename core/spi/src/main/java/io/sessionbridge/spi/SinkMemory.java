package io.sessionbridge.spi;

/**
 * Heap that a sink holds beside the events of its batch. The core divides the heap by it: a batch
 * is no larger than what is left.
 *
 * @param least bytes that it holds or will hold whatever it carries, for instance a buffer
 * @param most bytes up to which more would make it faster; what it gets is {@link
 *     SinkContext#memory}
 * @param perEvent bytes for each event of the batch in hand, until it is settled
 * @param perByte for each byte of a body in that batch: the copies that it makes of it
 * @param key of the entry that asks for {@code least}; empty if none does
 */
@Evolving
public record SinkMemory(long least, long most, int perEvent, int perByte, String key) {

  /** A connection with its buffers, and each body once more with something round it. */
  public static final SinkMemory USUAL = of(256 << 10, 512, 1);

  public SinkMemory {
    if (least < 0 || most < least || perEvent < 0 || perByte < 0) {
      throw new IllegalArgumentException(
          "wanted 0 <= least <= most and nothing negative, found " + least + ", " + most);
    }
  }

  /** Of a sink that holds what it holds. */
  public static SinkMemory of(long bytes, int perEvent, int perByte) {
    return new SinkMemory(bytes, bytes, perEvent, perByte, "");
  }
}
