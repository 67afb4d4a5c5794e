package io.sessionbridge.sink.kafka;

import java.time.Duration;

/**
 * How long the producer waits before the result of a record counts as unknown. Not configurable:
 * sending again is safe at any value, and these suit a broker that restarts.
 *
 * @param block for the topic's metadata and for space in the send buffer
 * @param request for the response to one request
 * @param delivery from {@code send} to the acknowledgement, the producer's own retries included
 */
record ProducerTimeouts(Duration block, Duration request, Duration delivery) {

  static final ProducerTimeouts DEFAULT =
      new ProducerTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60));
}
