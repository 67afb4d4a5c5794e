package io.sessionbridge.sink.file;

import io.sessionbridge.spi.PluginModule;

/** Registers the sink {@code file}. */
public final class FileModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("file", new FileSinkFactory());
  }
}
