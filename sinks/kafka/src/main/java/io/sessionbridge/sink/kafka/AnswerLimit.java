package io.sessionbridge.sink.kafka;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.apache.kafka.common.memory.MemoryPool;
import org.apache.kafka.common.network.InvalidReceiveException;

/**
 * Limits what the Kafka client allocates for a response to {@link KafkaFrame#LONGEST}. Without it,
 * a peer can exhaust the memory of the process with four bytes.
 *
 * <p>Used by the producer's thread; any thread may call {@link #refused}.
 */
final class AnswerLimit implements MemoryPool {

  private static final int NOTHING = 0;

  private volatile int refused = NOTHING;

  /**
   * @throws InvalidReceiveException if the length exceeds the limit; the client closes the
   *     connection
   */
  void check(int bytes) {
    if (bytes < 0 || bytes > KafkaFrame.LONGEST) {
      refused = bytes;
      throw new InvalidReceiveException("an answer of " + bytes + " bytes");
    }
  }

  /** The last refused length. */
  OptionalInt refused() {
    int bytes = refused;
    return bytes == NOTHING ? OptionalInt.empty() : OptionalInt.of(bytes);
  }

  @Override
  public ByteBuffer tryAllocate(int bytes) {
    check(bytes);
    return ByteBuffer.allocate(bytes);
  }

  @Override
  public void release(ByteBuffer buffer) {}

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public long availableMemory() {
    return Long.MAX_VALUE;
  }

  @Override
  public boolean isOutOfMemory() {
    return false;
  }
}
