package io.sessionbridge.sink.command;

import io.sessionbridge.spi.PluginModule;

/** Registers the sink {@code command}. */
public final class CommandModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("command", new CommandSinkFactory());
  }
}
