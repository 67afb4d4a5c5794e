package io.sessionbridge.sink.kafka;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.apache.kafka.common.memory.MemoryPool;
import org.apache.kafka.common.network.InvalidReceiveException;

/**
 * Lets the Kafka client allocate no more for an answer than {@link KafkaFrame#LONGEST}. Without it
 * a peer needs four bytes to end the process for want of memory.
 *
 * <p>Used by the producer's thread; any thread may ask what was refused.
 */
final class AnswerLimit implements MemoryPool {

  private static final int NOTHING = 0;

  private volatile int refused = NOTHING;

  /**
   * @throws InvalidReceiveException if no answer is that long; the client closes the connection
   */
  void check(int bytes) {
    if (bytes < 0 || bytes > KafkaFrame.LONGEST) {
      refused = bytes;
      throw new InvalidReceiveException("an answer of " + bytes + " bytes");
    }
  }

  /** The last length that was refused. */
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
