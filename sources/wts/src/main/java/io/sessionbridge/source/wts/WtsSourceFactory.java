package io.sessionbridge.source.wts;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.windows.service.ServiceEvents;
import io.sessionbridge.windows.window.SessionScope;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.Optional;
import java.util.function.Supplier;

/** Creates wts sources. */
final class WtsSourceFactory implements SourceFactory<WtsSourceConfig> {

  private final Supplier<Optional<ServiceEvents>> service;

  /**
   * @param service the events of this process as a service; empty if it is not a service
   */
  WtsSourceFactory(Supplier<Optional<ServiceEvents>> service) {
    this.service = service;
  }

  @Override
  public String description() {
    return "receives session events of this Windows machine through window messages";
  }

  @Override
  public Optional<String> unavailable() {
    return SessionWindow.isSupported() ? Optional.empty() : Optional.of("needs Windows");
  }

  @Override
  public boolean isDefault() {
    return unavailable().isEmpty() && service.get().isEmpty(); // in a service, the default is scm
  }

  @Override
  public ConfigSpec<WtsSourceConfig> config() {
    return WtsSourceConfig.SPEC;
  }

  @Override
  public Source create(SourceContext context, WtsSourceConfig config) {
    SessionScope scope =
        switch (config.scope()) {
          case ALL -> SessionScope.ALL;
          case THIS -> SessionScope.THIS;
        };
    String threadName = "source-" + context.id() + "-window";
    return new WtsSource(context, listener -> new SessionWindow(threadName, scope, listener));
  }
}
