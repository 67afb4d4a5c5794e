package io.sessionbridge.sink.mqtt;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Sink;
import io.sessionbridge.spi.SinkContext;
import io.sessionbridge.spi.SinkFactory;

/** Makes MQTT sinks. */
final class MqttSinkFactory implements SinkFactory<MqttSinkConfig> {

  @Override
  public String description() {
    return "publishes events and the host's presence to an MQTT broker";
  }

  @Override
  public ConfigSpec<MqttSinkConfig> config() {
    return MqttSinkConfig.SPEC;
  }

  @Override
  public Sink create(SinkContext context, MqttSinkConfig config) {
    return new MqttSink(context, config, Patience.DEFAULT);
  }
}
