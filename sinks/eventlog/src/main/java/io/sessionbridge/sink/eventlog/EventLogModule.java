package io.sessionbridge.sink.eventlog;

import io.sessionbridge.spi.PluginModule;

/** Registers the sink {@code eventlog}. */
public final class EventLogModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("eventlog", new EventLogSinkFactory());
  }
}
