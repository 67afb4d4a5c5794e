package io.sessionbridge.source.kernel;

import io.sessionbridge.config.ConfigSpec;
import io.sessionbridge.spi.Source;
import io.sessionbridge.spi.SourceContext;
import io.sessionbridge.spi.SourceFactory;
import io.sessionbridge.windows.driver.InstalledDriver;
import io.sessionbridge.windows.window.SessionWindow;
import java.util.Optional;

/** Creates kernel sources. */
final class KernelSourceFactory implements SourceFactory<KernelSourceConfig> {

  @Override
  public String description() {
    return "receives session events of this Windows machine from SessionBridge's kernel driver";
  }

  @Override
  public Optional<String> unavailable() {
    return SessionWindow.isSupported() ? Optional.empty() : Optional.of("needs Windows");
  }

  @Override
  public ConfigSpec<KernelSourceConfig> config() {
    return KernelSourceConfig.SPEC;
  }

  @Override
  public Source create(SourceContext context, KernelSourceConfig config) {
    return new KernelSource(context, InstalledDriver::new);
  }
}
