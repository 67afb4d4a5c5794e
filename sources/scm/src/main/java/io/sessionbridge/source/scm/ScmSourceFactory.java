package io.sessionbridge.source.scm;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.windows.service.ServiceEvents;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates scm sources. */
final class ScmSourceFactory implements SourceFactory<ScmSourceConfig> {

  private final Supplier<Optional<ServiceEvents>> service;

  /**
   * @param service the events of this process as a service; empty if it is not a service
   */
  ScmSourceFactory(Supplier<Optional<ServiceEvents>> service) {
    this.service = service;
  }

  @Override
  public String description() {
    return "receives session, power and clock events of this Windows machine from the service"
        + " control manager";
  }

  @Override
  public Optional<String> unavailable() {
    return SessionWindow.isSupported() ? Optional.empty() : Optional.of("needs Windows");
  }

  @Override
  public boolean isDefault() {
    return service.get().isPresent();
  }

  @Override
  public ConfigSpec<ScmSourceConfig> config() {
    return ScmSourceConfig.SPEC;
  }

  @Override
  public Source create(SourceContext context, ScmSourceConfig config) {
    return new ScmSource(context, service);
  }
}
