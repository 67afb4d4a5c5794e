package io.sessionbridge.spi;

/**
 * The heap that a sink uses besides the events of its batch. The core divides the heap accordingly:
 * a batch is no larger than what is left.
 *
 * @param least bytes that it needs in any case, for instance for a buffer
 * @param most bytes that it can make use of; what it may use is {@link SinkContext#memory}
 * @param perEvent bytes for each unsettled event of the current batch
 * @param perByte bytes for each byte of a body in that batch: how often it copies the body
 * @param key the key that determines {@code least}; empty if there is none
 */
@Evolving
public record SinkMemory(long least, long most, int perEvent, int perByte, String key) {

  /** A connection with its buffers, and one framed copy of each body. */
  public static final SinkMemory USUAL = of(256 << 10, 512, 1);

  public SinkMemory {
    if (least < 0 || most < least || perEvent < 0 || perByte < 0) {
      throw new IllegalArgumentException(
          "wanted 0 <= least <= most and nothing negative, found " + least + ", " + most);
    }
  }

  /** For a sink with a fixed need. */
  public static SinkMemory of(long bytes, int perEvent, int perByte) {
    return new SinkMemory(bytes, bytes, perEvent, perByte, "");
  }
}
