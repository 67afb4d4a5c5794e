package io.sessionbridge.sink.kafka;

import io.sessionbridge.spi.SinkMemory;

/**
 * The producer's buffer, which it keeps once it was used.
 *
 * @param wanted bytes
 */
record ProducerBuffer(long wanted) {

  static final String KEY = "buffer.memory";

  /**
   * Holds a whole batch of the delivery loop with its headers, so that send never waits while an
   * acknowledgement is due.
   */
  private static final long USUAL = 8L << 20;

  /** Holds the largest request that a broker takes by default, twice. */
  private static final long LEAST = 2L << 20;

  /** The client without its buffer: metadata, metrics, what it reads, a block for compression. */
  private static final long CLIENT = 1L << 20;

  /** The callback and the future of a record. */
  private static final int RECORD = 256;

  /** What is configured; a value that is no number was refused before. */
  static ProducerBuffer of(KafkaSinkConfig config) {
    String passed = config.properties().get(KEY);
    try {
      return new ProducerBuffer(
          passed == null ? USUAL : Math.max(0, Long.parseLong(passed.strip())));
    } catch (NumberFormatException e) {
      return new ProducerBuffer(USUAL);
    }
  }

  private long least() {
    return Math.min(LEAST, wanted);
  }

  /** The bodies are copied into the buffer alone. */
  SinkMemory memory() {
    return new SinkMemory(CLIENT + least(), CLIENT + wanted, RECORD, 0, "");
  }

  /** Its size, if the sink may hold so much. */
  long bytes(long memory) {
    return Math.max(least(), Math.min(wanted, memory - CLIENT));
  }
}
