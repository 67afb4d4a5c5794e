package io.sessionbridge.fleet;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.HostFacts;
import io.sessionbridge.spi.PluginModule;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import java.util.function.Function;

/** What one agent of the fleet takes for its machine. */
final class FleetModule extends PluginModule {

  private final HostFacts host;
  private final Function<SourceContext, Source> source;

  FleetModule(HostFacts host, Function<SourceContext, Source> source) {
    this.host = host;
    this.source = source;
  }

  @Override
  protected void configure() {
    bindHost(host);
    bindSource(
        "fleet",
        new SourceFactory<Boolean>() {
          @Override
          public String description() {
            return "the hosts of a simulated fleet";
          }

          @Override
          public ConfigSpec<Boolean> config() {
            return ConfigSpec.empty(true);
          }

          @Override
          public Source create(SourceContext context, Boolean config) {
            return source.apply(context);
          }
        });
  }
}
