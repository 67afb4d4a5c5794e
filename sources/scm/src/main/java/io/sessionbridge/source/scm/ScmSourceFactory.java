package io.sessionbridge.source.scm;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.windows.service.ServiceHost;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.Optional;

/** Makes scm sources. */
final class ScmSourceFactory implements SourceFactory<ScmSourceConfig> {

  @Override
  public String description() {
    return "receives session, power and clock events of this Windows machine from the service"
        + " control"
        + " manager";
  }

  @Override
  public Optional<String> unavailable() {
    return SessionWindow.isSupported() ? Optional.empty() : Optional.of("needs Windows");
  }

  @Override
  public boolean isDefault() {
    return ServiceHost.events().isPresent();
  }

  @Override
  public ConfigSpec<ScmSourceConfig> config() {
    return ScmSourceConfig.SPEC;
  }

  @Override
  public Source create(SourceContext context, ScmSourceConfig config) {
    return new ScmSource(context, ServiceHost::events);
  }
}
