package io.sessionbridge.source.wts;

import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.windows.service.ServiceHost;

/** Registers the source {@code wts}. */
public final class WtsModule extends PluginModule {

  @Override
  protected void configure() {
    bindSource("wts", new WtsSourceFactory(ServiceHost::events));
  }
}
