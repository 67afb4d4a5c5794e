package io.sessionbridge.sink.syslog;

import io.sessionbridge.spi.PluginModule;

/** Brings the sink {@code syslog}. */
public final class SyslogModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("syslog", new SyslogSinkFactory());
  }
}
