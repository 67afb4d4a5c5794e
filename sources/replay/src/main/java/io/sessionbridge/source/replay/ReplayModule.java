package io.sessionbridge.source.replay;

import io.sessionbridge.spi.PluginModule;

/** Registers the source {@code replay}. */
public final class ReplayModule extends PluginModule {

  @Override
  protected void configure() {
    bindSource("replay", new ReplaySourceFactory());
  }
}
