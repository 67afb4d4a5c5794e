package io.sessionbridge.sink.syslog;

import io.sessionbridge.spi.PluginModule;

/** Registers the sink {@code syslog}. */
public final class SyslogModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("syslog", new SyslogSinkFactory());
  }
}
