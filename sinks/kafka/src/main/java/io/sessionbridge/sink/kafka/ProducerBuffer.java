package io.sessionbridge.sink.kafka;

import io.sessionbridge.spi.SinkMemory;

/**
 * The buffer of the producer, which it never shrinks.
 *
 * @param wanted in bytes
 * @param least in bytes, not more than wanted
 */
record ProducerBuffer(long wanted, long least) {

  static final String KEY = "buffer.memory";

  /**
   * Holds a whole batch of the delivery loop with its headers, so that send never waits for
   * acknowledgements.
   */
  private static final long USUAL = 8L << 20;

  private static final String LARGEST_REQUEST_KEY = "max.request.size";

  /** The default of the client and of a broker. */
  private static final long LARGEST_REQUEST = 1L << 20;

  /** The client without its buffer: metadata, metrics, read buffers, a block for compression. */
  private static final long CLIENT = 1L << 20;

  /** The callback and the future of a record. */
  private static final int RECORD = 256;

  /** The configured size. At least twice the largest request, unless less is configured. */
  static ProducerBuffer of(KafkaSinkConfig config) {
    long wanted = number(config, KEY, USUAL);
    long request = number(config, LARGEST_REQUEST_KEY, LARGEST_REQUEST);
    return new ProducerBuffer(wanted, Math.min(wanted, Math.max(2 * LARGEST_REQUEST, 2 * request)));
  }

  /** The value is a number: other values were refused before. */
  private static long number(KafkaSinkConfig config, String key, long usual) {
    String passed = config.properties().get(key);
    try {
      return passed == null ? usual : Math.max(0, Long.parseLong(passed.strip()));
    } catch (NumberFormatException e) {
      return usual;
    }
  }

  /** The bodies are copied only into the buffer. */
  SinkMemory memory() {
    return new SinkMemory(CLIENT + least, CLIENT + wanted, RECORD, 0, "");
  }

  /** The size of the buffer, if the sink may use this much memory. */
  long bytes(long memory) {
    return Math.max(least, Math.min(wanted, memory - CLIENT));
  }
}
