package io.sessionbridge.sink.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Creates the settings of a producer. */
final class ProducerSettings {

  private final String sinkId;
  private final long memory;
  private final KafkaSinkConfig config;
  private final ProducerTimeouts timeouts;

  /**
   * @param memory the maximum for the sink
   */
  ProducerSettings(String sinkId, long memory, KafkaSinkConfig config, ProducerTimeouts timeouts) {
    this.sinkId = sinkId;
    this.memory = memory;
    this.config = config;
    this.timeouts = timeouts;
  }

  /**
   * The current settings: secrets and certificates are read each time.
   *
   * @param codec the codec that works on this machine
   * @throws IOException with the key and the file that cannot be read
   */
  Map<String, Object> read(Codec codec) throws IOException {
    Map<String, Object> settings = new HashMap<>();
    settings.put("client.id", "sessionbridge-" + sinkId);
    // Requests with several records: 32 KiB compress well.
    settings.put("batch.size", 32 * 1024);
    // The end of a batch is flushed; until then only full requests are sent.
    settings.put("linger.ms", 50L);
    settings.put("enable.metrics.push", false);
    // An idle client keeps reconnecting during an outage. With Kafka's default of a second, a
    // whole fleet would connect in the first second after the outage.
    settings.put("reconnect.backoff.max.ms", 10_000L);
    settings.putAll(config.properties());

    settings.put(ProducerBuffer.KEY, ProducerBuffer.of(config).bytes(memory));
    settings.put("bootstrap.servers", String.join(",", config.bootstrapServers()));
    settings.put("compression.type", codec.kafkaName());
    settings.put("acks", "all");
    settings.put("enable.idempotence", true);
    settings.put("retries", Integer.MAX_VALUE);
    settings.put("max.in.flight.requests.per.connection", 5);
    settings.put("max.block.ms", timeouts.block().toMillis());
    settings.put("request.timeout.ms", (int) timeouts.request().toMillis());
    settings.put("delivery.timeout.ms", (int) timeouts.delivery().toMillis());
    settings.put("security.protocol", config.securityProtocol());
    if (config.login().isPresent()) {
      config.login().get().putSettings(settings);
    }
    if (config.tls().isPresent()) {
      PemStores.put(config.tls().get(), settings);
    }
    return settings;
  }
}
