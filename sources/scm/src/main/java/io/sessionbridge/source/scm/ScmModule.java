package io.sessionbridge.source.scm;

import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.windows.service.ServiceHost;

/** Registers the source {@code scm}. */
public final class ScmModule extends PluginModule {

  @Override
  protected void configure() {
    bindSource("scm", new ScmSourceFactory(ServiceHost::events));
  }
}
