package io.sessionbridge.sink.mqtt;

import io.sessionbridge.spi.PluginModule;

/** Registers the sink {@code mqtt}. */
public final class MqttModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("mqtt", new MqttSinkFactory());
  }
}
