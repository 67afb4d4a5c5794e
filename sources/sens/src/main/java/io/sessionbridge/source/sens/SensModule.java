package io.sessionbridge.source.sens;

import io.sessionbridge.spi.PluginModule;

/** Registers the source {@code sens}. */
public final class SensModule extends PluginModule {

  @Override
  protected void configure() {
    bindSource("sens", new SensSourceFactory(directory()));
  }
}
