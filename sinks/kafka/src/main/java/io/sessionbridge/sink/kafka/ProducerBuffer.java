package io.sessionbridge.sink.kafka;

import io.sessionbridge.spi.SinkMemory;

/**
 * The producer's buffer, which it keeps once it was used.
 *
 * @param wanted bytes
 * @param least bytes, no more than wanted
 */
record ProducerBuffer(long wanted, long least) {

  static final String KEY = "buffer.memory";

  /**
   * Holds a whole batch of the delivery loop with its headers, so that send never waits while an
   * acknowledgement is due.
   */
  private static final long USUAL = 8L << 20;

  private static final String LARGEST_REQUEST_KEY = "max.request.size";

  /** What the client and a broker take by default. */
  private static final long LARGEST_REQUEST = 1L << 20;

  /** The client without its buffer: metadata, metrics, what it reads, a block for compression. */
  private static final long CLIENT = 1L << 20;

  /** The callback and the future of a record. */
  private static final int RECORD = 256;

  /** What is configured. It holds the largest request twice, unless less is configured. */
  static ProducerBuffer of(KafkaSinkConfig config) {
    long wanted = number(config, KEY, USUAL);
    long request = number(config, LARGEST_REQUEST_KEY, LARGEST_REQUEST);
    return new ProducerBuffer(wanted, Math.min(wanted, Math.max(2 * LARGEST_REQUEST, 2 * request)));
  }

  /** A value that is no number was refused before. */
  private static long number(KafkaSinkConfig config, String key, long usual) {
    String passed = config.properties().get(key);
    try {
      return passed == null ? usual : Math.max(0, Long.parseLong(passed.strip()));
    } catch (NumberFormatException e) {
      return usual;
    }
  }

  /** The bodies are copied into the buffer alone. */
  SinkMemory memory() {
    return new SinkMemory(CLIENT + least, CLIENT + wanted, RECORD, 0, "");
  }

  /** Its size, if the sink may hold so much. */
  long bytes(long memory) {
    return Math.max(least, Math.min(wanted, memory - CLIENT));
  }
}
