package io.sessionbridge.source.kernel;

import io.sessionbridge.spi.PluginModule;

/** Registers the source {@code kernel}. */
public final class KernelModule extends PluginModule {

  @Override
  protected void configure() {
    bindSource("kernel", new KernelSourceFactory());
  }
}
