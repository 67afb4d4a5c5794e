package io.sessionbridge.sink.kafka;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;
import io.sessionbridge.spi.SinkMemory;

/** Makes Kafka sinks. */
final class KafkaSinkFactory implements SinkFactory<KafkaSinkConfig> {

  @Override
  public String description() {
    return "writes events to a Kafka topic, at least once and in order per host";
  }

  @Override
  public ConfigSpec<KafkaSinkConfig> config() {
    return KafkaSinkConfig.SPEC;
  }

  /** Kafka has headers, so the attributes need not be repeated in each body. */
  @Override
  public String defaultFormat() {
    return "cloudevents_binary";
  }

  @Override
  public SinkMemory memory(KafkaSinkConfig config) {
    return ProducerBuffer.of(config).memory();
  }

  @Override
  public Sink create(SinkContext context, KafkaSinkConfig config) {
    return new KafkaSink(context, config, ProducerTimeouts.DEFAULT);
  }
}
