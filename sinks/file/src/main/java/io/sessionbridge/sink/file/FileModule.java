package io.sessionbridge.sink.file;

import io.sessionbridge.spi.PluginModule;

/** Brings the sink {@code file}. */
public final class FileModule extends PluginModule {

  @Override
  protected void configure() {
    bindSink("file", new FileSinkFactory());
  }
}
