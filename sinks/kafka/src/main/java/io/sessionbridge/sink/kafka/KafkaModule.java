package io.sessionbridge.sink.kafka;

import io.sessionbridge.spi.PluginModule;

/** Registers the sink {@code kafka}. */
public final class KafkaModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("kafka", new KafkaSinkFactory());
  }
}
